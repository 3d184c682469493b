package dev.rolecall.tests.console;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;

/**
 * One person's browser, with one tab at a time. Elements are found by their {@code data-testid}.
 */
final class Tab implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int MOST_TABS = 300;

  private final ChromeDriver driver;

  Tab(ChromeDriver driver) {
    this.driver = driver;
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Goes there. */
  Tab open(String url) {
    driver.get(url);
    return this;
  }

  /** Goes to a page of the console by its link in the navigation. */
  Tab go(String page) {
    click("nav-" + page);
    until(() -> driver.getCurrentUrl().endsWith("#/" + page));
    return this;
  }

  /** The elements of that id which are to be seen. */
  List<WebElement> all(String testId) {
    return driver.findElements(By.cssSelector("[data-testid=\"" + testId + "\"]")).stream()
        .filter(WebElement::isDisplayed)
        .toList();
  }

  /** The first element of that id, once it is to be seen. */
  WebElement one(String testId) {
    return found(() -> all(testId).stream().findFirst());
  }

  /** The first element of that id whose text has those words. */
  WebElement one(String testId, String words) {
    return found(
        () -> all(testId).stream().filter(each -> each.getText().contains(words)).findFirst());
  }

  /** The element of that id within another. */
  static WebElement in(WebElement outer, String testId) {
    return outer.findElement(By.cssSelector("[data-testid=\"" + testId + "\"]"));
  }

  /** What is there, once it is. */
  <T> T found(Callable<Optional<T>> search) {
    return await()
        .atMost(PATIENCE)
        .ignoreException(StaleElementReferenceException.class)
        .until(search, Optional::isPresent)
        .orElseThrow();
  }

  void until(Callable<Boolean> fact) {
    await().atMost(PATIENCE).ignoreException(StaleElementReferenceException.class).until(fact);
  }

  void click(String testId) {
    one(testId).click();
  }

  /** Puts a text in place of what is there. */
  void type(String testId, String text) {
    WebElement field = one(testId);
    field.clear();
    field.sendKeys(text);
  }

  /** Fills in the form that asks for access. */
  void fill(String permission, String reason, String duration) {
    go("mine");
    one("permission").findElement(By.cssSelector("option[value=" + permission + "]")).click();
    WebElement form = one("ask-form");
    in(form, "reason").sendKeys(reason);
    in(form, "duration").clear();
    in(form, "duration").sendKeys(duration);
  }

  /** Asks for access for two hours. */
  void ask(String permission, String reason) {
    fill(permission, reason, "2 h");
    in(one("ask-form"), "confirm").click();
    one("my-request", reason);
  }

  /** Says why in the dialog that is open, and confirms it. */
  void confirm(String reason) {
    WebElement dialog = one("dialog");
    in(dialog, "reason").sendKeys(reason);
    in(dialog, "confirm").click();
  }

  /** The request of that reason in the inbox. */
  WebElement request(String reason) {
    return one("inbox-request", reason);
  }

  /** Votes on a request in the inbox. */
  void vote(String reason, String vote) {
    in(request(reason), vote).click();
    WebElement form = in(request(reason), "review-form");
    in(form, "reason").sendKeys("seen");
    in(form, "confirm").click();
    until(() -> !"WAITS".equals(request(reason).getAttribute("data-state")));
  }

  /** Presses keys, wherever the focus is. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Goes on by Tab until the first element of that id has the focus. */
  WebElement tabTo(String testId) {
    return tabTo(one(testId));
  }

  /** Goes on by Tab until that element has the focus. */
  WebElement tabTo(WebElement target) {
    for (int i = 0; i < MOST_TABS; i++) {
      if (target.equals(driver.switchTo().activeElement())) {
        return target;
      }
      new Actions(driver).sendKeys(Keys.TAB).perform();
    }
    throw new AssertionError("Tab does not lead to " + target.getAttribute("data-testid"));
  }

  /** What a script in the page gives, as text. */
  String script(String script, Object... arguments) {
    return String.valueOf(((JavascriptExecutor) driver).executeScript(script, arguments));
  }

  /** What a script in the page gives later, by its last argument. */
  String scriptLater(String script, Object... arguments) {
    return String.valueOf(((JavascriptExecutor) driver).executeAsyncScript(script, arguments));
  }

  /** The size of the window's inside. */
  Tab size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    return this;
  }

  /** As of a person who likes it dark, or light. */
  Tab dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    return this;
  }

  byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  /** What the browser complained of since it was asked last. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
