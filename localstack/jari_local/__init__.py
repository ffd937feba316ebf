"""The local AWS of Jari: set up, build, start, deploy, load demo data, stop.

Run as ``python -m jari_local <command>`` with ``localstack`` on the Python path; the Makefile does.
"""
