package dev.rolecall.fuzz.properties;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.StringArbitrary;

/** Proofs as clients could write them, and texts that nearly are proofs. */
final class Proofs {

  /** The hour in which most of them are signed and judged. */
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  static final String HOST = "sts.eu-west-1.amazonaws.com";

  /** Hashes of three certificates. */
  static final List<String> HASHES =
      List.of(
          "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
          "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFA",
          "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");

  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String LETTERS_AND_DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private Proofs() {}

  /** Any proof: every binding, many hosts, with and without a session token. */
  static Arbitrary<WrittenProof> any() {
    return of(hosts(), dates(), Arbitraries.integers().between(1, 900), audiences(), bindings());
  }

  /** Proofs that a verifier for {@code orders} around noon may well accept. */
  static Arbitrary<WrittenProof> likely() {
    return of(
        Arbitraries.frequencyOf(
            tuple(12, Arbitraries.just(HOST)),
            tuple(1, Arbitraries.of("sts.amazonaws.com", HOST + "x"))),
        around(NOON, 1_300).map(AMZ_DATE::format),
        Arbitraries.of(1, 60, 300, 899, 900),
        Arbitraries.frequencyOf(
            tuple(12, Arbitraries.just("orders")),
            tuple(2, Arbitraries.of("order", "orders2", "billing"))),
        bindings());
  }

  private static Arbitrary<WrittenProof> of(
      Arbitrary<String> hosts,
      Arbitrary<String> dates,
      Arbitrary<Integer> expires,
      Arbitrary<String> audiences,
      Arbitrary<String> bindings) {
    return Combinators.combine(
            hosts, keyIds(), dates, expires, audiences, bindings, signatures(), sessionTokens())
        .as(
            (host, key, date, life, audience, binding, signature, token) ->
                new WrittenProof(
                    List.of(
                        host,
                        key,
                        date,
                        Integer.toString(life),
                        audience,
                        binding,
                        signature,
                        token)));
  }

  private static <T> Tuple.Tuple2<Integer, Arbitrary<? extends T>> tuple(
      int frequency, Arbitrary<? extends T> arbitrary) {
    return Tuple.of(frequency, arbitrary);
  }

  static Arbitrary<Instant> around(Instant middle, long seconds) {
    return Arbitraries.longs().between(-seconds, seconds).map(middle::plusSeconds);
  }

  static Arbitrary<String> hosts() {
    Arbitrary<String> custom =
        Combinators.combine(
                word("abcxyz0189-", 1, 20),
                Arbitraries.of("", ".local", ".example.com", ".vpce.amazonaws.com"),
                Arbitraries.integers().between(1, 65_535).optional())
            .as(
                (name, domain, port) ->
                    "a" + name + "0" + domain + port.map(number -> ":" + number).orElse(""));
    return Arbitraries.oneOf(
        Arbitraries.of(
            HOST,
            "sts.amazonaws.com",
            "sts-fips.us-east-1.amazonaws.com",
            "sts.eu-west-1.api.aws",
            "sts.cn-north-1.amazonaws.com.cn",
            "localhost:4566",
            "127.0.0.1:80"),
        custom);
  }

  static Arbitrary<String> keyIds() {
    return word("ABCXYZ0189", 16, 40).map(id -> "ASIA" + id);
  }

  private static Arbitrary<String> dates() {
    return Arbitraries.longs()
        .between(Instant.parse("1970-01-01T00:00:00Z").getEpochSecond(), 253_402_300_799L)
        .map(seconds -> AMZ_DATE.format(Instant.ofEpochSecond(seconds)));
  }

  static Arbitrary<String> audiences() {
    return Arbitraries.oneOf(
        Arbitraries.of("orders", "billing", "o", "orders.eu-west-1.example", "a".repeat(128)),
        word("ab09.-", 0, 126).map(middle -> "a" + middle + "0"));
  }

  static Arbitrary<String> bindings() {
    return Arbitraries.oneOf(
        Arbitraries.just("bearer"),
        Arbitraries.of(HASHES).map(hash -> "channel." + hash),
        Arbitraries.of(HASHES).map(hash -> "key." + hash));
  }

  static Arbitrary<String> signatures() {
    return word("0123456789abcdef", 64, 64);
  }

  static Arbitrary<String> sessionTokens() {
    Arbitrary<String> given =
        Combinators.combine(
                word(LETTERS_AND_DIGITS + "+/_-", 0, 300), Arbitraries.of("", "=", "=="))
            .as((token, padding) -> "F" + token + padding);
    return given.optional(0.8).map(token -> token.orElse(""));
  }

  static Arbitrary<String> word(String alphabet, int least, int most) {
    StringArbitrary strings = Arbitraries.strings().withChars(alphabet.toCharArray());
    return strings.ofMinLength(least).ofMaxLength(most);
  }

  /**
   * A change of one place in a text.
   *
   * @param at where, counted round and round
   * @param atAnEnd whether only the ends of the text's fields are counted: where padding, spare
   *     bits and escapes are
   */
  record Edit(int at, boolean atAnEnd, Optional<Character> insert, int remove) {

    String of(String text) {
      int[] ends =
          IntStream.range(1, text.length())
              .filter(i -> "~&=%/".indexOf(text.charAt(i)) >= 0)
              .map(i -> i - 1)
              .toArray();
      int start = atAnEnd && ends.length > 0 ? ends[at % ends.length] : at % (text.length() + 1);
      int end = Math.min(text.length(), start + remove);
      return text.substring(0, start)
          + insert.map(String::valueOf).orElse("")
          + text.substring(end);
    }
  }

  /** A character put in, left out, or changed into one that the formats know or do not. */
  static Arbitrary<Edit> edits() {
    Arbitrary<Character> characters =
        Arbitraries.oneOf(
            Arbitraries.chars().with("~.-_+/=:%&?;#@ *".toCharArray()),
            Arbitraries.chars().with(LETTERS_AND_DIGITS.toCharArray()),
            Arbitraries.chars().range('\0', '\u00ff'),
            Arbitraries.of('\u017f', '\u212a', '\u0660', '\uff10', '\ud83d'));
    return Combinators.combine(
            Arbitraries.integers()
                .between(0, 100_000)
                .withDistribution(RandomDistribution.uniform())
                .withoutEdgeCases(),
            Arbitraries.of(true, false),
            characters.optional(0.8),
            Arbitraries.of(0, 1, 1, 1, 2, 10))
        .as(Edit::new);
  }
}
