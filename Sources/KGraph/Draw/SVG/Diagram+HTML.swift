extension Diagram {
  /// A page with the picture, for light and dark, that stands by itself.
  package func html() -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <meta name="color-scheme" content="light dark">
    <title>\(SVGDrawing.escaped(title))</title>
    <style>body{margin:1rem}svg{max-width:100%;height:auto}</style>
    </head>
    <body>
    \(svg())</body>
    </html>

    """
  }
}
