"""Attacks on the walls, as data: what each tries, and the snippet. The promise for all of them is: refused.

A snippet succeeds when it reaches its end. Names that it finds: SECRET and OUTSIDE (a file and a folder that the same
user may write), NEIGHBOUR (another submission's folder), PARENT (the grader's pid), `zygote` (its own parent's),
INHERITED (a descriptor of the SECRET that was open before the fork), `call(name or number, ...)` (a system call),
`libc`, `ctypes`, `os`.
"""

from __future__ import annotations

READING = {
    "the password file": "open('/etc/passwd').read()",
    "a file of the grader": "open(SECRET).read()",
    "a file of the grader, by its descriptor": "os.read(INHERITED, 10)",
    "a file of the grader, by a descriptor's link": "open(f'/proc/{zygote}/fd/{INHERITED}').read()",
    "a file of the grader, by openat2": """
path = ctypes.create_string_buffer(SECRET.encode())
how = (ctypes.c_uint64 * 3)(os.O_RDONLY, 0, 0)
call(437, -100, path, ctypes.byref(how), 24)
""",
    "a file of the grader, by a path descriptor": """
handle = os.open(SECRET, os.O_PATH)
open(f'/proc/self/fd/{handle}').read()
""",
    "a file of the grader, by climbing out": "open(os.path.relpath(SECRET, os.getcwd())).read()",
    "a file of the grader, after changing folder": "os.chdir(OUTSIDE); open(os.path.basename(SECRET)).read()",
    "a file of the grader, by a symbolic link": "os.symlink(SECRET, 'innocent'); open('innocent').read()",
    "a file of the grader, by a hard link": "os.link(SECRET, 'innocent'); open('innocent').read()",
    "a file of the grader, by its handle": """
handle, mount = (ctypes.c_uint32 * 40)(128), ctypes.c_int()
call('name_to_handle_at', -100, SECRET.encode(), handle, ctypes.byref(mount), 0)
call('open_by_handle_at', -100, handle, os.O_RDONLY)
""",
    "news of the grader's files": "m = call('inotify_init1', 0); call('inotify_add_watch', m, OUTSIDE.encode(), 0xFFF)",
    "the list of the grader's folder": "os.listdir(OUTSIDE)",
    "another submission": "open(NEIGHBOUR + '/answer.txt').read()",
    "the list of other submissions": "os.listdir(os.path.dirname(os.getcwd()))",
    "shared memory of others": "os.listdir('/dev/shm')",
    "the temporary folder": "os.listdir('/tmp')",
    "the list of processes": "os.listdir('/proc')",
    "memory of the zygote": "open(f'/proc/{zygote}/mem', 'rb').read(1)",
    "memory of the grader": "open(f'/proc/{PARENT}/mem', 'rb').read(1)",
    "the map of the grader": "open(f'/proc/{PARENT}/maps').read()",
    "the environment of the zygote": "open(f'/proc/{zygote}/environ').read()",
    "the environment of the grader": "open(f'/proc/{PARENT}/environ').read()",
    "the command line of the grader": "open(f'/proc/{PARENT}/cmdline').read()",
    "descriptors of the grader": "os.listdir(f'/proc/{PARENT}/fd')",
    "where a descriptor of the grader leads": "os.readlink(f'/proc/{PARENT}/fd/0')",
    "the root of the grader": "os.listdir(f'/proc/{PARENT}/root/')",
    "its own memory as a file": "open('/proc/self/mem', 'r+b')",
    "the machine's memory": "os.mknod('mem', 0o20600, os.makedev(1, 1)); open('mem', 'rb').read(1)",
    "the kernel's log": "call('syslog', 3, ctypes.create_string_buffer(100), 100)",
    "a block device": "os.mknod('disk', 0o60600, os.makedev(254, 0)); open('disk', 'rb').read(1)",
}

WRITING = {
    "a new file outside": "open(OUTSIDE + '/new', 'w').write('x')",
    "a file of the grader": "open(SECRET, 'a').write('x')",
    "emptying a file of the grader": "os.truncate(SECRET, 0)",
    "removing a file of the grader": "os.remove(SECRET)",
    "removing another submission": "import shutil; shutil.rmtree(NEIGHBOUR)",
    "moving a file out": "open('x', 'w').close(); os.rename('x', OUTSIDE + '/x')",
    "moving a file in": "os.rename(SECRET, 'mine')",
    "swapping a file": """
number = 316 if os.uname().machine == 'x86_64' else 276
open('x', 'w').close()
call(number, -100, b'x', -100, SECRET.encode(), 2)
""",
    "a folder outside": "os.mkdir(OUTSIDE + '/folder')",
    "a symbolic link": "os.symlink('/etc', 'link')",
    "a named pipe": "os.mkfifo('pipe')",
    "a file in shared memory": "open('/dev/shm/x', 'w')",
    "shared memory": "from multiprocessing.shared_memory import SharedMemory; SharedMemory(create=True, size=100)",
    "a semaphore": "import multiprocessing; multiprocessing.Semaphore()",
    "a temporary file outside": "import tempfile; tempfile.mkstemp(dir='/tmp')",
    "the mode of a file of the grader": """
os.chmod(SECRET, 0)
if os.stat(SECRET).st_mode & 0o777 != 0o000:
    raise PermissionError(errno.EPERM, 'nothing happened')
""",
    "the mode of a file that it may read": """
import random
before = os.stat(random.__file__)
with open(random.__file__) as file:
    os.fchmod(file.fileno(), 0o777)
    os.utime(file.fileno(), (0, 0))
after = os.stat(random.__file__)
if (before.st_mode, before.st_mtime) == (after.st_mode, after.st_mtime):
    raise PermissionError(errno.EPERM, 'nothing happened')
""",
    "the times of a file of the grader": """
os.utime(SECRET, (0, 0))
if os.stat(SECRET).st_mtime != 0:
    raise PermissionError(errno.EPERM, 'nothing happened')
""",
    "the owner of a file of the grader": "os.chown(SECRET, 12345, 12345)",
    "an attribute of a file of the grader": "os.setxattr(SECRET, 'user.x', b'x')",
    "a library that it may read": "import random; open(random.__file__, 'a')",
    "an attribute of a library that it may read": """
import fcntl, random
flags = ctypes.c_int(0x40)
with open(random.__file__) as file:
    fcntl.ioctl(file.fileno(), 0x40086602, bytes(flags))
""",
    "a lease on a library that it may read": """
import fcntl, random
file = open(random.__file__)
fcntl.fcntl(file.fileno(), 1024, fcntl.F_RDLCK)
""",
    "shared memory without a name": "import mmap; mmap.mmap(-1, 4096)",
    "shared memory of /dev/zero": "import mmap; mmap.mmap(os.open('/dev/zero', os.O_RDONLY), 4096, prot=1)",
    "memory pinned in a pipe": """
r, w = os.pipe()
buffer = ctypes.create_string_buffer(4096)
vector = (ctypes.c_uint64 * 2)(ctypes.addressof(buffer), 4096)
call('vmsplice', w, vector, 1, 0)
""",
    "the control groups": "open('/sys/fs/cgroup/cgroup.procs', 'w').write('0')",
    "its own score against memory killing": "open('/proc/self/oom_score_adj', 'w').write('-1000')",
}

PROCESSES = {
    "fork": "os.fork()",
    "fork, by number": "call('fork') if os.uname().machine == 'x86_64' else call('clone', 17, 0, 0, 0, 0)",
    "vfork": "call('vfork') if os.uname().machine == 'x86_64' else call('clone', 0x4111, 0, 0, 0, 0)",
    "clone": "call('clone', 17, 0, 0, 0, 0)",
    "clone into new namespaces": "call('clone', 0x10000000 | 17, 0, 0, 0, 0)",
    "a thread in a new mount namespace": "call('clone', 0x10000 | 0x800 | 0x100 | 0x20000, 0, 0, 0, 0)",
    "a thread with a file table of its own": "call('clone', 0x10000 | 0x800 | 0x100, 0, 0, 0, 0)",
    "clone3": "call('clone3', (ctypes.c_uint64 * 8)(), 64)",
    "posix_spawn": "os.posix_spawn('/bin/true', ['true'], {})",
    "exec": "os.execv('/bin/true', ['true'])",
    "exec of a file of its own": "open('x', 'w').write('#!/bin/sh'); os.chmod('x', 0o700); os.execv('./x', ['x'])",
    "exec of a file in memory": "call('memfd_create', b'x', 0)",
    "exec by descriptor": "call('execveat', 0, b'', None, None, 0x1000)",
    "a subprocess": "import subprocess; subprocess.run(['true'])",
    "a shell": "import subprocess; subprocess.run('true', shell=True)",
    "a process pool": "import multiprocessing; multiprocessing.get_context('fork').Process(target=int).start()",
    "a debugger on the zygote": "call('ptrace', 0x4206, zygote, 0, 0)",
    "a debugger on the grader": "call('ptrace', 16, PARENT, 0, 0)",
    "reading another process": "v = (ctypes.c_uint64 * 2)(0, 8); call('process_vm_readv', zygote, v, 1, v, 1, 0)",
    "writing another process": "v = (ctypes.c_uint64 * 2)(0, 8); call('process_vm_writev', zygote, v, 1, v, 1, 0)",
    "comparing with another process": "call('kcmp', os.getpid(), zygote, 0, 0, 0)",
    "a descriptor of another process": "call('pidfd_getfd', call('pidfd_open', zygote, 0), 0, 0)",
    "another process by its descriptor": "call('pidfd_open', zygote, 0)",
    "killing the zygote": "os.kill(zygote, 9)",
    "killing the grader": "os.kill(PARENT, 9)",
    "killing its group": "os.kill(0, 9)",
    "killing everything": "os.kill(-1, 9)",
    "killing everything, with a dirty high half": "call('kill', (1 << 40) | 0xFFFFFFFF, 9)",
    "killing a thread of the zygote": "call('tgkill', zygote, zygote, 9)",
    "killing by tkill": "call('tkill', zygote, 9)",
    "killing with a value": "call('rt_sigqueueinfo', zygote, 9, (ctypes.c_uint64 * 16)())",
    "killing by an interrupt of a pipe": """
import fcntl
r, w = os.pipe()
fcntl.fcntl(r, fcntl.F_SETOWN, zygote)
""",
    "choosing the signal of an interrupt": "import fcntl; r, w = os.pipe(); fcntl.fcntl(r, fcntl.F_SETSIG, 9)",
    "killing by an interrupt, by ioctl": """
import fcntl, struct
r, w = os.pipe()
fcntl.ioctl(r, 0x8901, struct.pack('i', zygote))
""",
    "stopping its own death": "call('prctl', 1, 0, 0, 0, 0)",
    "becoming readable": "call('prctl', 4, 1, 0, 0, 0)",
    "leaving its session": "os.setsid()",
    "leaving its group": "os.setpgid(0, 0)",
    "cores of the zygote": "os.sched_setaffinity(zygote, {0})",
    "its own cores": "os.sched_setaffinity(0, os.sched_getaffinity(0))",
    "priority of the zygote": "os.setpriority(os.PRIO_PROCESS, zygote, 19)",
    "priority of its own": "os.setpriority(os.PRIO_PROCESS, 0, -5)",
    "real-time scheduling": "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))",
    "limits of the zygote": "import resource; resource.prlimit(zygote, resource.RLIMIT_NOFILE, (0, 0))",
    "its own limit of memory": "call('prlimit64', 0, 2, (ctypes.c_uint64 * 2)(1 << 45, 1 << 45), None)",
    "its own limit of files": "call('prlimit64', os.getpid(), 1, (ctypes.c_uint64 * 2)(1 << 45, 1 << 45), None)",
}

KERNEL = {
    "TCP": "import socket; socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
    "TCP over IPv6": "import socket; socket.socket(socket.AF_INET6, socket.SOCK_STREAM)",
    "UDP": "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "a raw socket": "import socket; socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
    "a packet socket": "import socket; socket.socket(17, socket.SOCK_RAW, 0)",
    "a netlink socket": "import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)",
    "a unix socket": "import socket; socket.socket(socket.AF_UNIX).connect('/run/dbus/system_bus_socket')",
    "an abstract unix socket": r"import socket; socket.socket(socket.AF_UNIX).bind('\0name')",
    "a virtual machine's socket": "import socket; socket.socket(40, socket.SOCK_STREAM)",
    "a pair of datagram sockets, to be aimed elsewhere": "import socket; socket.socketpair(type=socket.SOCK_DGRAM)",
    "a pair of internet sockets": "call('socketpair', 2, 1, 0, (ctypes.c_int * 2)())",
    "aiming a connected socket elsewhere": "import socket; socket.socketpair()[0].connect('/run/x')",
    "listening": "import socket; socket.socketpair()[0].listen()",
    "looking up a name": "import socket; socket.getaddrinfo('example.org', 80)",
    "System V shared memory": "call('shmget', 0, 100, 0o1600)",
    "System V semaphores": "call('semget', 0, 1, 0o1600)",
    "System V messages": "call('msgctl', call('msgget', 0, 0o1600), 0, None)",
    "POSIX messages": "call('mq_open', b'x', 0o102, 0o600, None)",
    "keys": "call('keyctl', 0, -3, 0)",
    "adding a key": "call('add_key', b'user', b'x', b'y', 1, -3)",
    "bpf": "call('bpf', 0, (ctypes.c_char * 128)(), 128)",
    "performance counters": "call('perf_event_open', (ctypes.c_char * 128)(), 0, -1, -1, 0)",
    "userfaultfd": "call('userfaultfd', 1)",
    "io_uring": "call('io_uring_setup', 1, (ctypes.c_char * 120)())",
    "old asynchronous I/O": "call('io_setup', 1, ctypes.byref(ctypes.c_uint64()))",
    "secret memory": "call('memfd_secret', 0)",
    "a user namespace": "call('unshare', 0x10000000)",
    "a mount": "call('mount', b'none', b'/tmp', b'tmpfs', 0, None)",
    "a new kind of mount": "call('fsopen', b'tmpfs', 0)",
    "a list of mounts": "call('listmount', (ctypes.c_uint64 * 4)(24), (ctypes.c_uint64 * 8)(), 8, 0)",
    "another root": "os.chroot('.')",
    "another's namespace": "call('setns', 0, 0)",
    "another user": "os.setuid(65534)",
    "another group": "os.setgroups([])",
    "capabilities": "call('capset', (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(0xFFFFFFFF))",
    "another personality": "call('personality', 0x0400000)",
    "another filter": "call('seccomp', 1, 0, None)",
    "a filter that answers for the kernel": "call('prctl', 22, 2, None, 0, 0)",
    "typing into a terminal": "import fcntl; fcntl.ioctl(0, 0x5412, b'x')",
    "typing into a console": "import fcntl; fcntl.ioctl(0, 0x541C, b'x')",
    "the clock": "import time; time.clock_settime(time.CLOCK_REALTIME, 0)",
    "the name of the machine": "import socket; socket.sethostname('x')",
    "a kernel module": "call('finit_module', 0, b'', 0)",
    "a reboot": "call('reboot', 0, 0, 0, None)",
    "a call that is younger than the table": "call(463, 0, 0, 0, 0)",
    "a call with the number of another architecture": "call(0x40000000 | 39)",
    "moving memory between nodes": "call('move_pages', zygote, 0, None, None, None, 0)",
    "watching a file system": "call('fanotify_init', 0, 0)",
}

EXHAUSTING = {
    "a hundred gigabytes": ("bytearray(100 << 30)", "MemoryError"),
    "a hundred gigabytes of mapped memory": (
        "import mmap; mmap.mmap(-1, 100 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)",
        "OSError",
    ),
    "memory piece by piece": ("kept = []\nwhile True: kept.append(bytearray(64 << 20))", "MemoryError"),
    "ten thousand threads": (
        "import threading\nfor i in range(10_000): threading.Thread(target=threading.Event().wait).start()",
        "RuntimeError",
    ),
    "a file beyond the limit": ("open('big', 'wb').write(bytes(16 << 20))", "OSError"),
    "a file beyond the limit, with a hole": ("open('big', 'wb').truncate(1 << 40)", "OSError"),
    "a file beyond the limit, reserved": (
        "os.posix_fallocate(os.open('big', os.O_RDWR | os.O_CREAT), 0, 1 << 30)",
        "OSError",
    ),
    "descriptors without end": ("kept = [os.pipe() for _ in range(10_000)]", "OSError"),
    "locking memory": (
        "call(149 if os.uname().machine == 'x86_64' else 228, ctypes.create_string_buffer(1 << 20), 1 << 20)",
        "OSError",
    ),
}
"""What they try, and the exception that they get."""

HARMLESS_WITHOUT_LOCKS = {
    "reading": ["a file of the grader", "a file of the grader, by its descriptor", "a file of the grader, by openat2",
                "a file of the grader, by a symbolic link", "another submission", "the password file",
                "the list of processes", "the command line of the grader", "the environment of the grader"],
    "writing": ["a new file outside", "a file of the grader", "the mode of a file of the grader", "a named pipe",
                "the times of a file of the grader", "moving a file out", "a symbolic link", "a semaphore"],
    "processes": ["a subprocess", "a process pool", "exec of a file in memory", "cores of the zygote",
                  "another process by its descriptor", "leaving its group", "choosing the signal of an interrupt",
                  "killing by an interrupt of a pipe"],
    "kernel": ["UDP", "TCP", "a pair of datagram sockets, to be aimed elsewhere", "System V messages",
               "a netlink socket"],
}  # fmt: skip
"""Run without the locks, these must succeed for any user: proof that the snippets attack at all."""
