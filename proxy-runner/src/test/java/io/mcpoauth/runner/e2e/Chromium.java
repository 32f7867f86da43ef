package io.mcpoauth.runner.e2e;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A real browser without a window, and nothing but the pages under test for it to talk to. */
final class Chromium implements AutoCloseable {

  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final List<String> DRIVERS = List.of("chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int DESKTOP_WIDTH = 1100;
  private static final int PHONE_WIDTH = 390;
  private static final int HEIGHT = 1000;

  private final ChromeDriver driver;
  private final Path screenshots;

  private Chromium(ChromeDriver driver, Path screenshots) {
    this.driver = driver;
    this.screenshots = screenshots;
  }

  /** What is missing on this machine to run it; empty when nothing is. */
  static Optional<String> missing() {
    if (onPath(BROWSERS).isEmpty()) {
      return Optional.of("no Chromium on the PATH");
    }
    return onPath(DRIVERS).isEmpty()
        ? Optional.of("no chromedriver on the PATH")
        : Optional.empty();
  }

  /**
   * Starts a browser that has never been used.
   *
   * @param profile an empty folder for its data
   * @param screenshots where screenshots go; made when missing
   */
  static Chromium start(Path profile, Path screenshots) {
    ChromeOptions options =
        new ChromeOptions()
            .setBinary(onPath(BROWSERS).orElseThrow().toFile())
            .addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(onPath(DRIVERS).orElseThrow().toFile())
            .build();
    return new Chromium(new ChromeDriver(service, options), screenshots);
  }

  void open(URI uri) {
    driver.get(uri.toString());
  }

  /** Presses the button that contains that text, and waits for the next page. */
  void press(String label) {
    WebElement button = driver.findElement(By.xpath("//button[contains(., '" + label + "')]"));
    button.click();
    await().atMost(PATIENCE).until(() -> isGone(button));
  }

  /** Whether another page is there, be it at the same address. */
  private static boolean isGone(WebElement element) {
    try {
      element.isEnabled();
      return false;
    } catch (StaleElementReferenceException e) {
      return true;
    }
  }

  /** The text of the page as a reader sees it. */
  String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  /** Screenshots of the page: light, dark, and on a phone. */
  void takePictures(String name) {
    picture(name + "-light", "light", DESKTOP_WIDTH);
    picture(name + "-dark", "dark", DESKTOP_WIDTH);
    picture(name + "-phone", "light", PHONE_WIDTH);
  }

  /** Whether the page is wider than a phone, so that readers have to scroll sideways. */
  boolean overflowsOnAPhone() {
    show("light", PHONE_WIDTH);
    Object wider =
        driver.executeScript("return document.documentElement.scrollWidth > window.innerWidth");
    return Boolean.TRUE.equals(wider);
  }

  @Override
  public void close() {
    driver.quit();
  }

  private void picture(String name, String scheme, int width) {
    show(scheme, width);
    try {
      Files.createDirectories(screenshots);
      Files.write(screenshots.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void show(String scheme, int width) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            width,
            "height",
            HEIGHT,
            "deviceScaleFactor",
            1,
            "mobile",
            width == PHONE_WIDTH));
  }

  /** The first of these programs that is there. */
  private static Optional<Path> onPath(List<String> programs) {
    String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1);
    return programs.stream()
        .flatMap(program -> Arrays.stream(folders).map(folder -> Path.of(folder, program)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
