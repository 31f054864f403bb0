"""Records what glibc answers, into the .jsonl files of this folder.

    python3 testdata/record.py [IMAGE]        (in the folder of the package; needs Docker and Go)

The first line of a golden file is an object: the "files" in /etc, the environment "env", "dns" if the
server of the package's tests is needed. Each further line is a pair: a call, and the answer, which
this program fills in. Left out are calls that end in whatever errno was before: with a source in
nsswitch.conf that is not installed, some do. IMAGE is one of the reference images; its glibc is the one that the package
follows. The machine is one without a network: nothing but the loopback interface, with ::1.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

# Runs in the container: starts the DNS server if there is one, then the oracle.
RUN = """
import subprocess, sys
if %r:
    server = subprocess.Popen(["/oracle/server"], env={"RESOLVE_TEST_SERVE_DNS": "127.0.0.1:53"}, stdout=subprocess.PIPE)
    server.stdout.readline()
sys.exit(subprocess.run([sys.executable, "/oracle/oracle.py"]).returncode)
"""


def record(path, image, work):
    header, *pairs = [json.loads(line) for line in path.read_text().splitlines()]
    command = ["docker", "run", "--rm", "-i", "--network", "none", "--hostname", "testhost"]
    command += ["--sysctl", "net.ipv6.conf.all.disable_ipv6=0", "-v", f"{work}:/oracle:ro"]
    for name in ["hosts", "resolv.conf", "nsswitch.conf", "host.conf", "gai.conf", "services", "protocols"]:
        source = pathlib.Path(work, "etc", path.stem, name)
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(header["files"].get(name, ""))
        command += ["-v", f"{source}:/etc/{name}:ro"]
    for name, value in header.get("env", {}).items():
        command += ["-e", f"{name}={value}"]
    command += ["--entrypoint", "python" + image.rpartition(":")[2], image, "-c", RUN % header.get("dns", False)]
    calls = json.dumps([call for call, _ in pairs])
    answers = json.loads(subprocess.run(command, input=calls, check=True, capture_output=True, text=True).stdout)
    lines = [json.dumps(header)] + [json.dumps([call, answer]) for (call, _), answer in zip(pairs, answers)]
    path.write_text("\n".join(lines) + "\n")
    print(f"{path.name}: {len(answers)} answers")


def main():
    image = sys.argv[1] if len(sys.argv) > 1 else "pyparity/cpython:3.13"
    with tempfile.TemporaryDirectory() as work:
        pathlib.Path(work, "oracle.py").write_text((HERE / "oracle.py").read_text())
        build = ["go", "test", "-c", "-o", f"{work}/server", "."]
        subprocess.run(build, check=True, cwd=HERE.parent, env=dict(os.environ, CGO_ENABLED="0"))
        for path in sorted(HERE.glob("*.jsonl")):
            record(path, image, work)


main()
