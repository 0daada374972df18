"""Serves a page over TLS, with a certificate that only the program below trusts, and has that ask for it.

    overtls.py PROGRAM ARGUMENT...

In the arguments, PORT stands for the server's. Takes root, since the program gets a list of trusted certificates of its own.
"""
import http.server
import os
import ssl
import subprocess
import sys
import tempfile
import threading

TRUSTED = "/etc/ssl/certs/ca-certificates.crt"


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"over TLS\n")

    def log_message(self, *_):
        pass


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key", "-out", "certificate", "-days", "1",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"], check=True, stderr=subprocess.DEVNULL)
    with open("trusted", "wb") as trusted:
        for path in TRUSTED, "certificate":
            with open(path, "rb") as file:
                trusted.write(file.read())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("certificate", "key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    words = [word.replace("PORT", str(server.server_port)) for word in sys.argv[1:]]
    script = f'mount --bind trusted {TRUSTED} && exec "$0" "$@"'
    sys.exit(subprocess.run(["unshare", "--mount", "sh", "-c", script] + words).returncode)
