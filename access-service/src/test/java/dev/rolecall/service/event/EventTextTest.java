package dev.rolecall.service.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.policy.grant.PermissionName;
import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.request.Subject;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of events, and the settings of webhooks. */
class EventTextTest {

  private static final WebhookSecret SECRET = WebhookSecret.of("0123456789abcdef0123456789abcdef");
  private static final Subject ANN =
      new Subject("arn:aws:iam::111122223333:role/Lead", Optional.empty(), Optional.of("corp/ann"));

  @ParameterizedTest
  @EnumSource(EventKind.class)
  void audit_ofEachKind_hasWhatItsClassRequires(EventKind kind) {
    String line =
        OcsfEvent.of(
            new AccessEvent(
                7,
                kind.word(),
                new AccessEvent.About(
                    "ref", Optional.of("grant"), Optional.of(PermissionName.of("orders"))),
                Optional.of(ANN),
                Instant.ofEpochMilli(5),
                "{\"beneficiary\":\"corp/bob\",\"list\":[1,{\"x\":2}],\"reason\":\""
                    + "\u007f\u202e\u2066\u2028\u00e9\\u0007\"}"),
            "epoch-1");

    boolean lock = kind == EventKind.LOCK_SET || kind == EventKind.LOCK_LIFTED;
    assertThat(line)
        .contains(
            "\"class_uid\":" + (lock ? 3001 : 3005),
            "\"user\":{\"name\":\"corp/bob\"",
            "\"uid\":\"epoch-1:7\"");
    assertThat(line.contains("\"privileges\":[\"orders\"]")).isEqualTo(!lock);
    assertThat(Pattern.compile("[^ -~]").matcher(line).find()).isFalse();
    assertThat(line).contains("\\u202E\\u2066\\u2028\\u00E9");
    assertThat(EventText.of(event(kind.word()))).contains("(ref)");
  }

  private static AccessEvent event(String word) {
    return new AccessEvent(
        7,
        word,
        new AccessEvent.About("ref", Optional.empty(), Optional.empty()),
        Optional.empty(),
        Instant.EPOCH,
        "{}");
  }

  @Test
  void event_ofAKindOfANewerNode_isToldByItsWord() {
    AccessEvent event = event("grant.<narrowed>");

    assertThat(EventText.of(event)).isEqualTo("Time made a change (grant.&lt;narrowed&gt;) (ref)");
    assertThat(OcsfEvent.of(event, "epoch-1"))
        .contains("\"class_uid\":3005", "\"activity_name\":\"grant.<narrowed>\"");
    assertThat(EventMessage.of(event, false)).contains("\"kind\":\"grant.<narrowed>\"");
  }

  @Test
  void text_ofWhatPeopleWrote_cannotMention() {
    assertThat(EventText.escaped("<!channel> <@U1> @channel @Here @heretic a@b.c\n&"))
        .isEqualTo("&lt;!channel&gt; &lt;@U1&gt; @\u200bchannel @\u200bHere @heretic a@b.c &amp;");
    assertThat(EventText.escaped("*a* ~b~ `c` https://evil.example \u202eabc\u2066\u2028d"))
        .isEqualTo("\u2217a\u2217 \u223cb\u223c \u02cbc\u02cb https:\u200b//evil.example abc d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/hook",
        "http://localhost/hook",
        "https://user@example.com/hook",
        "ftp://example.com/hook",
        "/hook",
        "http://127.evil.example/hook",
        "http://127.0.0.256/hook",
        "http://127.1/hook"
      })
  void webhook_ofABadAddress_isRefusedWithoutQuotingIt(String address) {
    assertThatThrownBy(() -> Webhook.to(URI.create(address), SECRET))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("hook,")
        .doesNotContain("example.com");
  }

  @Test
  void secret_tooShort_isRefused_andNoneIsPrinted() {
    assertThatThrownBy(() -> WebhookSecret.of("hunter2"))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("hunter2");
    assertThat(SECRET.toString()).doesNotContain("0123");
    assertThat(Webhook.to(URI.create("https://127.0.0.1/x"), SECRET).toString())
        .doesNotContain("127.0.0.1")
        .doesNotContain("0123");
  }

  /** As {@code openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef} has it. */
  @Test
  void sign_knownText_isAsOpensslHasIt() {
    assertThat(SECRET.sign("1.{}"))
        .isEqualTo("1642a706b2e4d9fa8663449a8826d942c133b097231992683d5a44c2afc57499");
  }
}
