package dev.rolecall.verifier;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.proof.StsHost;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Well-formed proofs that nobody signed. */
public final class Proofs {

  /** Whom they are for. */
  public static final Audience ORDERS = Audience.of("orders");

  /** When they are signed. */
  public static final Instant SIGNED_AT = Instant.parse("2026-11-21T22:18:45Z");

  /** The session token in each; what must not be seen anywhere. */
  public static final String SESSION_TOKEN = "FwoGZXIvYXdzSECRETtoken/with+chars==";

  /** The server's certificate. */
  public static final BindingHash OURS = BindingHash.of(new byte[] {1});

  /** Another one. */
  public static final BindingHash ANOTHER = BindingHash.of(new byte[] {2});

  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Proofs() {}

  /** A bearer proof for orders in eu-west-1, signed now and good for 15 minutes. */
  public static String text() {
    return builder().build().text();
  }

  /** One of many: each number has a signature of its own. */
  public static String text(int number) {
    return builder().signature(signature(number)).build().text();
  }

  /** A proof with that binding. */
  public static String text(ProofBinding binding) {
    return builder("sts.eu-west-1.amazonaws.com", ORDERS, binding).build().text();
  }

  /** A proof for that host. */
  public static String forHost(String host) {
    return builder(host, ORDERS, ProofBinding.bearer()).build().text();
  }

  /** A proof for that audience. */
  public static String forAudience(String name) {
    return builder("sts.eu-west-1.amazonaws.com", Audience.of(name), ProofBinding.bearer())
        .build()
        .text();
  }

  /** A proof of that date and life. */
  public static String signed(Instant at, Duration life) {
    return builder().amzDate(AMZ_DATE.format(at)).life(life).build().text();
  }

  /** The builder of {@link #text()}. */
  public static CallerProof.Builder builder() {
    return builder("sts.eu-west-1.amazonaws.com", ORDERS, ProofBinding.bearer());
  }

  /** The same for that host. */
  static CallerProof.Builder builder(String host) {
    return builder(host, ORDERS, ProofBinding.bearer());
  }

  private static CallerProof.Builder builder(String host, Audience audience, ProofBinding binding) {
    return CallerProof.builder(StsHost.parse(host), audience, binding)
        .accessKeyId("ASIAEXAMPLE000000001")
        .amzDate(AMZ_DATE.format(SIGNED_AT))
        .life(Duration.ofMinutes(15))
        .signature(signature(0))
        .sessionToken(SESSION_TOKEN);
  }

  private static String signature(int number) {
    return String.format(Locale.ROOT, "%064x", 0xabcdef0000L + number);
  }
}
