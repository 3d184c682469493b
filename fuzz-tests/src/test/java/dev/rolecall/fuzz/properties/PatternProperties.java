package dev.rolecall.fuzz.properties;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.fuzz.judge.NaiveEksToken;
import dev.rolecall.fuzz.judge.PatternProof;
import dev.rolecall.identity.Audience;
import dev.rolecall.proof.CallerProof;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** The reader's rules are written as loops; regular expressions of the same rules agree. */
@AddLifecycleHook(TriedCount.class)
class PatternProperties {

  private static final Audience ORDERS = Audience.of("orders");
  private static final int DATE = 2;

  @Provide
  Arbitrary<WrittenProof> proofs() {
    return Proofs.any();
  }

  @Provide
  Arbitrary<List<Proofs.Edit>> edits() {
    return Proofs.edits().list().ofMinSize(0).ofMaxSize(3);
  }

  /** Each number up to a little more than clocks and calendars have. */
  @Provide
  Arbitrary<String> dates() {
    return Combinators.combine(
            Arbitraries.oneOf(
                Arbitraries.integers().between(0, 9_999),
                Arbitraries.of(0, 4, 100, 400, 1_900, 2_000, 2_024, 2_025, 9_999)),
            upTo(13),
            Arbitraries.oneOf(upTo(33), Arbitraries.of(28, 29, 30, 31)),
            upTo(25),
            upTo(62),
            upTo(62))
        .as(
            (year, month, day, hour, minute, second) ->
                String.format(
                    Locale.ROOT,
                    "%04d%02d%02dT%02d%02d%02dZ",
                    year,
                    month,
                    day,
                    hour,
                    minute,
                    second));
  }

  private static Arbitrary<Integer> upTo(int most) {
    return Arbitraries.integers().between(0, most);
  }

  @Provide
  Arbitrary<String> urls() {
    Arbitrary<String> bytes = Arbitraries.of("0", "1", "9", "10", "99", "127", "249", "255", "256");
    return Combinators.combine(
            Arbitraries.of("https://", "http://", "http:/", "HTTP://", ""),
            Arbitraries.oneOf(
                Proofs.hosts(),
                Arbitraries.of("localhost", "127.0.0.1", "127.00.0.1", "localhost.", ""),
                bytes.list().ofMinSize(2).ofMaxSize(4).map(b -> "127." + String.join(".", b))),
            Arbitraries.of("", ":4566", ":", "::", ":x"),
            Arbitraries.of("/?", "/", "?", "//?", ""),
            Arbitraries.of("a=b", "", "a b", "~", "\u00ff"))
        .as((scheme, host, port, path, query) -> scheme + host + port + path + query);
  }

  @Property(tries = 5_000)
  void changedProof_breaksTheRuleThatPatternsSay(
      @ForAll("proofs") WrittenProof written, @ForAll("edits") List<Proofs.Edit> edits) {
    String text = written.text();
    for (Proofs.Edit edit : edits) {
      text = edit.of(text);
    }

    assertThat(ruleBrokenBy(text)).isEqualTo(PatternProof.ruleBrokenBy(text));
  }

  @Property(tries = 5_000)
  void date_isTheInstantThatAFormatReads(
      @ForAll("proofs") WrittenProof written, @ForAll("dates") String date) {
    Optional<CallerProof> proof =
        CallerProof.read(written.with(DATE, date).text())
            .fold(Optional::of, malformed -> Optional.empty());

    assertThat(proof.map(CallerProof::signedAt)).isEqualTo(PatternProof.instant(date));
  }

  @Property(tries = 2_000)
  void urlOfAnEksToken_isOfTheFormThatThePatternHas(@ForAll("urls") String url) {
    String rule =
        CallerProof.readEksToken(NaiveEksToken.of(url), ORDERS)
            .fold(proof -> PatternProof.NONE, malformed -> malformed.rule());

    assertThat(rule.equals(PatternProof.BAD_URL))
        .isEqualTo(!url.isEmpty() && !PatternProof.isUrl(url));
  }

  private static String ruleBrokenBy(String text) {
    return CallerProof.read(text).fold(proof -> PatternProof.NONE, malformed -> malformed.rule());
  }
}
