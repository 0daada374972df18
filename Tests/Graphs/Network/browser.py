"""A headless browser with one page, driven by lines of JSON on standard input and answering each with one on standard output.

    {"open": URL}                       goes there, and waits until the page has loaded
    {"run": EXPRESSION}                 what the expression of JavaScript gives
    {"until": EXPRESSION}               waits until it gives something that is true, looking whenever the page changes; gives that
    {"type": TEXT}                      puts a text into what has the focus
    {"press": KEY}                      presses a key, such as `n` or `Enter`
    {"screen": [W, H], "dark": BOOL}    the size of the screen and the colours that the person prefers; "calm" for no motion
    {"shot": FILE}                      a picture of the page, as PNG
    {"complaints": true}                what the page has thrown or the browser has refused so far

The only argument is a folder for the browser's profile. An answer is {"is": TEXT}, with JSON for what is no text, or {"error": TEXT}. The browser ends with standard input, and with this program however that ends.
"""

import base64, ctypes, json, os, signal, subprocess, sys, threading
from websockets.sync.client import connect

# Looks at once and at every change of the page; a promise, so that nobody asks again and again.
UNTIL = """new Promise((done, fail) => {
  const observer = new MutationObserver(look);
  function look() {
    try {
      const value = (%s);
      if (value) { observer.disconnect(); done(value); }
    } catch (error) { observer.disconnect(); fail(error); }
  }
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  document.addEventListener("scroll", look, true);
  look();
})"""


class Page:
    def __init__(self, socket):
        self.socket = socket
        self.number, self.session, self.loaded, self.complaints = 0, None, 0, []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(domain + ".enable")

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.socket.send(json.dumps(message))
        while True:
            answer = self.take()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def take(self):
        message = json.loads(self.socket.recv())
        match message.get("method"):
            case "Page.loadEventFired":
                self.loaded += 1
            case "Runtime.exceptionThrown":
                details = message["params"]["exceptionDetails"]
                self.complaints.append(details.get("exception", {}).get("description", details["text"]))
            case "Log.entryAdded":
                entry = message["params"]["entry"]
                if entry["source"] in ("security", "violation", "javascript"):
                    self.complaints.append(entry["text"])
        return message

    def open(self, url):
        loaded = self.loaded
        failure = self.call("Page.navigate", url=url).get("errorText")
        if failure:
            raise RuntimeError(failure)
        while self.loaded == loaded:
            self.take()

    def run(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def press(self, key):
        code, text = (13, "\r") if key == "Enter" else (ord(key.upper()), key)
        stroke = {"key": key, "windowsVirtualKeyCode": code, "text": text}
        self.call("Input.dispatchKeyEvent", type="keyDown", **stroke)
        self.call("Input.dispatchKeyEvent", type="keyUp", **stroke)

    def screen(self, size, dark=False, calm=False):
        width, height = size
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=2 if width < 600 else 1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if calm else "no-preference"}])

    def shot(self, file):
        data = self.call("Page.captureScreenshot", format="png")["data"]
        with open(file, "wb") as output:
            output.write(base64.b64decode(data))

    def do(self, order):
        if "open" in order: return self.open(order["open"])
        if "run" in order: return self.run(order["run"])
        if "until" in order: return self.run(UNTIL % order["until"])
        if "type" in order: return self.call("Input.insertText", text=order["type"])
        if "press" in order: return self.press(order["press"])
        if "screen" in order: return self.screen(order["screen"], order.get("dark", False), order.get("calm", False))
        if "shot" in order: return self.shot(order["shot"])
        if "complaints" in order: return self.complaints
        raise RuntimeError(f"there is no such order: {order}")


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    profile = sys.argv[1]
    browser = subprocess.Popen(
        ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
         "--disable-extensions", "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
         "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "HOME": profile}, start_new_session=True, preexec_fn=die_with_parent)
    try:
        said = []
        for line in browser.stderr:
            said.append(line)
            if line.startswith("DevTools listening on "):
                break
        else:
            sys.exit("the browser has ended: " + "".join(said))
        # What it says later is read too, or it would wait for that.
        threading.Thread(target=browser.stderr.read, daemon=True).start()
        with connect(line.split()[-1], max_size=None, ping_interval=None, compression=None) as socket:
            page = Page(socket)
            print(json.dumps({"is": "ready"}), flush=True)
            for line in sys.stdin:
                try:
                    value = page.do(json.loads(line))
                    answer = {"is": value if isinstance(value, str) else json.dumps(value)}
                except RuntimeError as error:
                    answer = {"error": str(error)}
                print(json.dumps(answer), flush=True)
    finally:
        os.killpg(browser.pid, signal.SIGKILL)
        browser.wait()


main()
