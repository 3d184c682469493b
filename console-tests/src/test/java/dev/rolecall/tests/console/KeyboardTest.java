package dev.rolecall.tests.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The console by the keyboard alone: no test here uses a mouse. */
@Timeout(480)
final class KeyboardTest {

  @RegisterExtension static final ConsoleStage STAGE = new ConsoleStage();

  /** Goes to a page of the console by Tab and Enter. */
  private static void go(Tab tab, String page) {
    tab.tabTo("nav-" + page).sendKeys(Keys.ENTER);
    tab.until(() -> tab.driver().getCurrentUrl().endsWith("#/" + page));
  }

  private static String focused(Tab tab) {
    return tab.script(
        "return document.activeElement.dataset.testid ?? document.activeElement.tagName");
  }

  private static boolean showsFocus(Tab tab) {
    return tab.script(
            "const s = getComputedStyle(document.activeElement);"
                + " return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2")
        .equals("true");
  }

  @Test
  void grant_isAskedForApprovedAndRevoked() throws Exception {
    Tab ana = STAGE.tab("ana");
    Tab ben = STAGE.tab("ben");
    Tab cid = STAGE.tab("cid");

    ana.one("connection", "Connected");
    go(ana, "mine");
    ana.one("ask-form");
    ana.tabTo("permission").sendKeys("orders-admin");
    ana.tabTo("duration").sendKeys(Keys.chord(Keys.CONTROL, "a"), "1 h");
    ana.tabTo("reason").sendKeys("by keys alone");
    assertThat(showsFocus(ana)).isTrue();
    ana.tabTo(Tab.in(ana.one("ask-form"), "confirm")).sendKeys(Keys.ENTER);
    ana.one("my-request", "by keys alone");

    for (Tab reviewer : new Tab[] {ben, cid}) {
      reviewer.tabTo(Tab.in(reviewer.request("by keys alone"), "approve")).sendKeys(Keys.ENTER);
      reviewer.until(() -> focused(reviewer).equals("reason"));
      // Away, and the focus is where it was.
      reviewer.tabTo(Tab.in(reviewer.one("review-form"), "cancel")).sendKeys(Keys.ENTER);
      reviewer.until(() -> focused(reviewer).equals("approve"));
      reviewer.press(Keys.ENTER);
      reviewer.until(() -> focused(reviewer).equals("reason"));
      reviewer.press("seen");
      reviewer.tabTo(Tab.in(reviewer.one("review-form"), "confirm")).sendKeys(Keys.ENTER);
      reviewer.until(
          () -> !"WAITS".equals(reviewer.request("by keys alone").getAttribute("data-state")));
    }

    go(ben, "live");
    ben.tabTo(Tab.in(ben.one("grant", "ana@example.com"), "revoke")).sendKeys(Keys.ENTER);
    ben.one("dialog");
    ben.press(Keys.ESCAPE);
    ben.until(() -> ben.all("dialog").isEmpty());
    assertThat(focused(ben)).isEqualTo("revoke");
    ben.press(Keys.ENTER);
    ben.one("dialog");
    ben.tabTo(Tab.in(ben.one("dialog"), "reason")).sendKeys("done");
    ben.tabTo(Tab.in(ben.one("dialog"), "confirm")).sendKeys(Keys.ENTER);
    ben.until(() -> ben.all("acknowledged").size() == 2);
    ben.tabTo("close").sendKeys(Keys.ENTER);
    ben.until(() -> ben.all("dialog").isEmpty());
  }

  @Test
  void cellOfThePolicy_isExplained() throws Exception {
    Tab ben = STAGE.tab("ben");
    ben.one("connection", "Connected");
    go(ben, "policy");
    ben.one("policy-text");
    ben.tabTo("policy-text").sendKeys(ConsoleScene.POLICY);
    ben.found(() -> ben.all("cell").stream().findFirst());

    ben.tabTo("cell").sendKeys(Keys.ARROW_RIGHT, Keys.ENTER);

    ben.one("verdict");
  }
}
