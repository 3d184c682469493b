package dev.rolecall.tests.outages;

import static dev.rolecall.identity.RefusalReason.ISSUER_ANSWER_INVALID;
import static dev.rolecall.identity.RefusalReason.ISSUER_UNAVAILABLE;

import dev.rolecall.identity.RefusalReason;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.stsemulator.network.NetworkFault;
import java.net.URI;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One way for STS to be ill.
 *
 * @param name what is wrong
 * @param reason what callers are told
 * @param hangs whether nothing comes that ends a request
 * @param passes whether it gets well again
 * @param begins makes it so
 */
record Outage(
    String name, RefusalReason reason, boolean hangs, boolean passes, Consumer<SickSts> begins) {

  private static final String JSON = "application/json";
  private static final String YES =
      "{\"GetCallerIdentityResponse\":{\"GetCallerIdentityResult\":{\"Account\":\"111122223333\","
          + "\"Arn\":\"arn:aws:sts::111122223333:assumed-role/checkout/evil\","
          + "\"UserId\":\"AROAEXAMPLE000000001:evil\"}}}";
  private static final String NO =
      "{\"Error\":{\"Type\":\"Sender\",\"Code\":\"SignatureDoesNotMatch\",\"Message\":\"no\"}}";
  private static final String PAGE = "<html><body>log in to the wireless network</body></html>";

  /** All that were thought of. */
  static Stream<Outage> all() {
    return Stream.of(
            errors(), nothingInTime(), brokenOff(), otherAnswers(), redirects(), withoutTls())
        .flatMap(each -> each);
  }

  private static Stream<Outage> errors() {
    return Stream.of(
        down("throttling, as HTTP 400", Fault.throttled()),
        down("throttling, in another spelling", answer(400, error("ThrottlingException"))),
        down("throttling, in a third spelling", answer(400, error("RequestLimitExceeded"))),
        down("throttling, as HTTP 429", answer(429, error("TooManyRequests"))),
        down("a page that says too many requests", Fault.answer(429, "text/html", PAGE)),
        down("an internal failure", Fault.internalFailure()),
        down("a service that is unavailable", Fault.serviceUnavailable()),
        down("a proxy that asks who is there", answer(407, error("AccessDenied"))),
        down("a request that took too long", answer(408, error("RequestExpired"))),
        down("a refusal under the status 500", answer(500, NO)),
        down("a refusal under the status 503", answer(503, NO)),
        down("a yes under the status 500", answer(500, YES)),
        down("a gateway's page, 502", Fault.answer(502, "text/html", PAGE)),
        down("a gateway's page, 504", Fault.answer(504, "text/html", PAGE)),
        down("a 500 of nothing", answer(500, "")));
  }

  private static Stream<Outage> nothingInTime() {
    return Stream.of(
        hanging("an answer an hour late", on(Fault.delayed(SickSts.FOR_EVER))),
        hanging("an answer byte by byte, an hour apart", on(Fault.dripping(1, SickSts.FOR_EVER))),
        hanging("no answer", on(Fault.silent())),
        hanging("a first byte an hour late", on(NetworkFault.slowFirstByte(SickSts.FOR_EVER))),
        hanging("a line of one byte a second", on(NetworkFault.limitedTo(1))),
        hanging("a line that is dead", on(NetworkFault.stalledAfter(0))),
        hanging("a line that dies in the headers", on(NetworkFault.stalledAfter(40))),
        hanging("a line that dies in the body", on(NetworkFault.stalledAfter(300))));
  }

  private static Stream<Outage> brokenOff() {
    return Stream.of(
        down("a connection that is closed", Fault.closed()),
        down("an answer that breaks off", Fault.truncated()),
        line("a port where nobody listens", SickSts::goesDown),
        line("a connection closed before the answer", on(NetworkFault.closedAfter(0))),
        line("a connection closed in the headers", on(NetworkFault.closedAfter(40))),
        line("a connection closed in the body", on(NetworkFault.closedAfter(300))),
        line("a connection reset before the answer", on(NetworkFault.resetAfter(0))),
        line("a connection reset in the headers", on(NetworkFault.resetAfter(40))),
        line("a connection reset in the body", on(NetworkFault.resetAfter(300))));
  }

  private static Stream<Outage> otherAnswers() {
    return Stream.of(
        invalid("an answer without end", Fault.endless()),
        invalid("an answer of 100 KB", Fault.huge(100_000)),
        invalid("a page in place of an answer", Fault.answer(200, "text/html", PAGE)),
        invalid("a page that forbids", Fault.answer(403, "text/html", PAGE)),
        invalid("a page that knows no such page", Fault.answer(404, "text/html", PAGE)),
        invalid("a true answer said to be XML", Fault.contentType("text/xml")),
        invalid("a true answer said to be a page", Fault.contentType("text/html")),
        invalid("an answer in XML", Fault.answer(200, "text/xml", "<GetCallerIdentityResponse/>")),
        invalid("XML said to be JSON", answer(200, "<GetCallerIdentityResponse/>")),
        invalid("nothing", answer(200, "")),
        invalid("no content", answer(204, "")),
        invalid("a yes cut short, though all of it arrived", answer(200, YES.substring(0, 60))),
        invalid("a yes and one brace more", answer(200, YES + "}")),
        invalid("a yes and another", answer(200, YES + YES)),
        invalid("a yes in a list", answer(200, "[" + YES + "]")),
        invalid("a yes under the status 201", answer(201, YES)),
        invalid("a yes under the status 403", answer(403, YES)),
        invalid("a no under the status 200", answer(200, NO)),
        invalid("a no without a code", answer(403, "{\"Error\":{\"Message\":\"no\"}}")),
        invalid("a no in XML", Fault.answer(403, "text/xml", "<ErrorResponse/>")));
  }

  private static Stream<Outage> redirects() {
    return IntStream.of(301, 302, 303, 307, 308)
        .mapToObj(
            status ->
                invalid(
                    "a redirect, " + status,
                    Fault.redirect(status, URI.create("http://127.0.0.1:1/"))));
  }

  private static Stream<Outage> withoutTls() {
    return Stream.of(
        lasting("a certificate that nobody trusts", SickSts::showsAnUntrustedCertificate),
        lasting("plain text where TLS is due", SickSts::speaksPlainText),
        lasting("a connection reset in the handshake", SickSts::hangsUpInTheHandshake),
        new Outage(
            "a handshake that nobody answers",
            ISSUER_UNAVAILABLE,
            true,
            false,
            SickSts::keepsSilentInTheHandshake));
  }

  private static Outage down(String name, Fault fault) {
    return line(name, on(fault));
  }

  private static Outage invalid(String name, Fault fault) {
    return new Outage(name, ISSUER_ANSWER_INVALID, false, true, on(fault));
  }

  private static Outage line(String name, Consumer<SickSts> begins) {
    return new Outage(name, ISSUER_UNAVAILABLE, false, true, begins);
  }

  private static Outage hanging(String name, Consumer<SickSts> begins) {
    return new Outage(name, ISSUER_UNAVAILABLE, true, true, begins);
  }

  private static Outage lasting(String name, Consumer<SickSts> begins) {
    return new Outage(name, ISSUER_UNAVAILABLE, false, false, begins);
  }

  private static Consumer<SickSts> on(Fault fault) {
    return sts -> sts.fails(fault);
  }

  private static Consumer<SickSts> on(NetworkFault fault) {
    return sts -> sts.lineFails(fault);
  }

  private static Fault answer(int status, String body) {
    return Fault.answer(status, JSON, body);
  }

  private static String error(String code) {
    return "{\"Error\":{\"Type\":\"Sender\",\"Code\":\"" + code + "\",\"Message\":\"no\"}}";
  }

  @Override
  public String toString() {
    return reason + ": " + name;
  }
}
