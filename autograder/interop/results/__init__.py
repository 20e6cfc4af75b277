"""Verdicts in the formats of other programs: Gradescope's results.json, JUnit XML, CTRF."""

from autograder.interop.results.ctrf import ctrf_document
from autograder.interop.results.gradescope import Shown, gradescope_results
from autograder.interop.results.junit import junit_xml
from autograder.interop.results.write import as_json, replace_file, write_folder, write_results

__all__ = [
    "Shown",
    "as_json",
    "ctrf_document",
    "gradescope_results",
    "junit_xml",
    "replace_file",
    "write_folder",
    "write_results",
]
