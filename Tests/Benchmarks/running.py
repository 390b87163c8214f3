"""A daemon of the release build over some folders, and a client of its socket. Standard library only."""
import contextlib, itertools, json, os, select, signal, socket, subprocess, sys, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ARASD = os.environ.get("ARASD", os.path.join(ROOT, ".build/release/arasd"))


class Client:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.connect(path)
        self.path = path
        self.buffer = b""
        self.ids = itertools.count(1)
        self.notifications = []
        self.line()

    def line(self, timeout=None):
        """The next message; None when there is none within `timeout` seconds."""
        while b"\n" not in self.buffer:
            if timeout is not None and not select.select([self.socket], [], [], timeout)[0]:
                return None
            data = self.socket.recv(1 << 20)
            if not data:
                sys.exit("the daemon closed the connection")
            self.buffer += data
        line, self.buffer = self.buffer.split(b"\n", 1)
        return json.loads(line)

    def call(self, method, **params):
        number = next(self.ids)
        self.socket.sendall(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode() + b"\n")
        while True:
            reply = self.line()
            if reply.get("id") == number:
                if "error" in reply:
                    sys.exit(f"{method} {params}: {reply['error']['message']}")
                return reply["result"]
            self.notifications.append(reply)


@contextlib.contextmanager
def daemon(work, *sources, listener=Client, environment={}):
    """A client of a daemon that has indexed the sources, with the daemon as its `process`; index and socket lie in the folder `work`."""
    path = os.path.join(work, "s")
    arguments = [argument for source in sources for argument in ("--source", source)]
    with open(os.path.join(work, "log"), "wb") as log:
        process = subprocess.Popen(
            [ARASD, "serve", *arguments, "--index", os.path.join(work, "index"), "--socket", path, "--no-http"],
            stdout=log, stderr=log, cwd=ROOT, env=dict(os.environ, **environment))
    try:
        client = None
        while True:
            if process.poll() is not None:
                sys.exit(f"arasd ended with {process.returncode}:\n" + open(os.path.join(work, "log")).read())
            try:
                client = client or listener(path)
                if client.call("status")["state"] == "ready":
                    break
            except OSError:
                client = None
            time.sleep(0.02)
        client.process = process
        yield client
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
