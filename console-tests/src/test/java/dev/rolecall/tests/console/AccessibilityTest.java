package dev.rolecall.tests.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages by the rules of axe-core, which judges what screen readers and weak eyes need. */
@Timeout(480)
final class AccessibilityTest {

  @RegisterExtension static final ConsoleStage STAGE = new ConsoleStage();

  private static final String JUDGE =
      """
      const done = arguments[arguments.length - 1];
      axe.run().then(result => done(result.violations
          .filter(each => each.impact === 'serious' || each.impact === 'critical')
          .map(each => each.id + ' at ' + each.nodes.map(node => node.target.join(' ')).join(', '))
          .join('\\n')));
      """;

  private static String axe;

  @BeforeAll
  static void readAxe() throws IOException {
    String file = System.getProperty("rolecall.axe", "");
    assumeTrue(
        !file.isEmpty(),
        "no axe-core (npm install in console-tests/axe-core, then"
            + " -Drolecall.axe=.../axe-core/axe.min.js)");
    axe = Files.readString(Path.of(file));
  }

  private static void judge(Tab tab, String what) {
    tab.driver().executeScript(axe + "; window.axe = axe;");
    assertThat(tab.scriptLater(JUDGE)).as(what).isEmpty();
  }

  @Test
  void pages_haveNoSeriousFault_lightAndDark_wideAndNarrow() throws Exception {
    STAGE.tab("ana").ask("orders-admin", "judged by axe");
    Tab ben = STAGE.tab("ben");
    ben.request("judged by axe");
    for (String page : new String[] {"inbox", "mine", "live", "activity", "decisions", "policy"}) {
      ben.go(page);
      judgeEverywhere(ben, page);
    }
    ben.go("live");
    ben.click("lock-new");
    ben.one("dialog");
    judgeEverywhere(ben, "dialog");
  }

  private static void judgeEverywhere(Tab tab, String what) {
    tab.until(
        () ->
            tab.script("return document.querySelector('[aria-busy=true]') === null")
                .equals("true"));
    for (int width : new int[] {1200, 360}) {
      for (boolean dark : new boolean[] {false, true}) {
        judge(tab.dark(dark).size(width, 900), what + ", dark " + dark + ", width " + width);
      }
    }
  }
}
