"""A phone's camera: reads a code as it is on somebody's screen, by a decoder that is not ours."""

from __future__ import annotations

import base64

import zxingcpp
from playwright.sync_api import Browser, Locator

PIXELS = """
async (png) => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height), drawn = canvas.getContext("2d");
  drawn.drawImage(image, 0, 0);
  const { data } = drawn.getImageData(0, 0, image.width, image.height);
  return [image.width, image.height, Array.from(data).filter((_, at) => at % 4 === 1)];
}
"""


def scanned(browser: Browser, shown: Locator) -> list[str]:
    """The text of each code in what is shown there, with what stands around it."""
    blank = browser.new_page()  # no policy of ours stands in the way of the picture
    png = base64.b64encode(shown.screenshot()).decode()
    width, height, grey = blank.evaluate(PIXELS, png)
    blank.close()
    image = memoryview(bytes(grey)).cast("B", shape=[height, width])
    return [each.text for each in zxingcpp.read_barcodes(image)]
