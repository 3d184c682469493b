package dev.rolecall.service.event;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * The settings of a webhook: an address that each event is posted to, at least once.
 *
 * <p>A message is a JSON object with {@code text}, a sentence for people that Slack shows, and
 * {@code event}. It has three headers: {@code rolecall-event}, the epoch and revision, by which a
 * receiver knows a repetition; {@code rolecall-timestamp}, seconds of the Unix epoch; and {@code
 * rolecall-signature}, {@code v1=} with the HMAC-SHA256 of {@code timestamp.body} in hexadecimal. A
 * receiver checks the signature, and refuses a timestamp that is minutes away.
 *
 * <p>The address may be a secret, as Slack's are: nothing prints it.
 */
public final class Webhook {

  private static final Pattern FOUR_NUMBERS =
      Pattern.compile("127(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");

  private final URI address;
  private final WebhookSecret secret;
  private final boolean textAlone;

  private Webhook(URI address, WebhookSecret secret, boolean textAlone) {
    this.address = requireNonNull(address, "address");
    this.secret = requireNonNull(secret, "secret");
    this.textAlone = textAlone;
  }

  /**
   * A webhook at an https address; http is accepted on a loopback address alone.
   *
   * @throws IllegalArgumentException if it is no such address; the message does not quote it
   */
  public static Webhook to(URI address, WebhookSecret secret) {
    boolean https = "https".equalsIgnoreCase(address.getScheme());
    boolean loopback = "http".equalsIgnoreCase(address.getScheme()) && isLoopback(address);
    if (address.getHost() == null || address.getUserInfo() != null || (!https && !loopback)) {
      throw new IllegalArgumentException(
          "webhook: the address is not one of https (expected: https://host/path, without a user;"
              + " http only on a loopback address)");
    }
    return new Webhook(address, secret, false);
  }

  /** A name would have to be looked up: only a literal address is one of loopback. */
  private static boolean isLoopback(URI address) {
    String host = String.valueOf(address.getHost());
    if (!FOUR_NUMBERS.matcher(host).matches() && !host.startsWith("[")) {
      return false;
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      // Not an address: not one of loopback.
      return false;
    }
  }

  /** The same, with messages of {@code text} alone, for receivers that refuse other fields. */
  public Webhook textAlone() {
    return new Webhook(address, secret, true);
  }

  URI address() {
    return address;
  }

  WebhookSecret secret() {
    return secret;
  }

  boolean isTextAlone() {
    return textAlone;
  }

  @Override
  public String toString() {
    return "Webhook[****]";
  }
}
