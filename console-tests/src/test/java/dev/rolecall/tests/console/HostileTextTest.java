package dev.rolecall.tests.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.WebElement;

/** Texts of others are shown as texts, whatever they are. */
@Tag("attack")
@Timeout(480)
final class HostileTextTest {

  @RegisterExtension static final ConsoleStage STAGE = new ConsoleStage();

  private static final List<String> TEXTS =
      List.of(
          "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>",
          "javascript:alert(1) ${7*7} {{7*7}} &lt;b&gt; </textarea></title><svg onload=alert(1)>",
          "\u202eevorppa ton od\u202c \u2066\u2067 mixed \u200b\u200d\ufeff zero",
          "bell \u0007 escape \u001b[31m \u0001 \u009b31m end",
          "w".repeat(500) + " " + "long ".repeat(299));

  private static final String ASK =
      """
      const done = arguments[arguments.length - 1];
      const token = Object.values(sessionStorage).find(each => /^[\\w-]{43}$/.test(each));
      fetch('/api/access/RequestAccess', {
        method: 'POST',
        headers: {'Content-Type': 'application/json', Authorization: 'Bearer ' + token},
        body: JSON.stringify({
          permission: 'orders-admin', duration: '3600s', reason: arguments[0]})
      }).then(each => each.json()).then(each => done(each.id ?? JSON.stringify(each)));
      """;

  @Test
  void reasons_areShownAsText() throws Exception {
    Tab ana = STAGE.tab("ana");
    Tab ben = STAGE.tab("ben").size(360, 800);
    ana.one("connection", "Connected");
    int shown = 0;
    for (String reason : TEXTS) {
      String asked = ana.scriptLater(ASK, reason);
      if (asked.startsWith("request-")) {
        assertIsText(ben, asked, reason);
        shown++;
      } else {
        assertThat(asked).contains("ARGUMENT_INVALID");
      }
    }

    assertThat(shown).isGreaterThanOrEqualTo(3);
    assertThat(ben.driver().getTitle()).doesNotContain("owned");
    assertThat(ben.complaints()).isEmpty();
  }

  private static void assertIsText(Tab tab, String id, String reason) {
    WebElement card =
        tab.found(
            () ->
                tab.all("inbox-request").stream()
                    .filter(each -> id.equals(each.getAttribute("data-id")))
                    .findFirst());
    assertThat(
            tab.script(
                "return arguments[0].querySelectorAll('img, script, svg, iframe, a').length", card))
        .isEqualTo("0");
    assertThat(card.getText())
        .contains(reason.replaceAll("[\\p{Cc}\\p{Cf}]", "").substring(0, 4))
        .doesNotContain("\u202e", "\u0007", "\u001b", "\u200b", "\u2066");
    assertThat(
            tab.script(
                "const page = document.documentElement;"
                    + " return page.scrollWidth <= page.clientWidth"))
        .isEqualTo("true");
  }
}
