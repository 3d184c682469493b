package dev.rolecall.cli.demo;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;

import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.echo.SayRequest;
import dev.rolecall.cli.failure.CallFailure;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.jwt.CompactToken;
import dev.rolecall.jwt.SignatureCheck;
import dev.rolecall.jwt.TokenLimits;
import dev.rolecall.jwt.TokenReading;
import dev.rolecall.jwt.VerifiedToken;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.proxy.IdentityHeaders;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The story of a service behind a relay: each step as it was expected, or not. */
final class RelayStory {

  private static final String STEP = "%-10s %-27s %-8s %s%n";
  private static final String FORGED = "arn:aws:iam::111122223333:role/admin";
  private static final int WARM_UP = 400;
  private static final int MEASURED = 400;

  private static final Metadata.Key<String> TOKEN = key(IdentityHeaders.TRANSACTION_TOKEN);
  private static final Metadata.Key<String> PRINCIPAL = key(IdentityHeaders.PRINCIPAL);
  private static final Metadata.Key<String> ROLE = key("x-rolecall-role");
  private static final Metadata.Key<String> AUTHORIZATION = key("authorization");

  private final RelayScene scene;
  private final PrintWriter out;
  private final LongSupplier ticker;
  private boolean asExpected = true;

  RelayStory(RelayScene scene, PrintWriter out, LongSupplier ticker) {
    this.scene = scene;
    this.out = out;
    this.ticker = ticker;
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, ASCII_STRING_MARSHALLER);
  }

  /** Tells it; false if something was not as it should be. */
  boolean tell() throws InterruptedException, IOException {
    IamCallCredentials checkout = scene.proofs(RelayScene.CHECKOUT);
    EchoGrpc.EchoBlockingStub calls = EchoGrpc.newBlockingStub(scene.relayed());
    out.printf(STEP, "caller", "calls", "answer", "why");
    out.printf(STEP, "-".repeat(10), "-".repeat(27), "-".repeat(8), "-".repeat(24));

    call("checkout", "Say", calls.withCallCredentials(checkout), Optional.empty());
    Metadata told = scene.service().told();
    call(
        "reporting",
        "Say",
        calls.withCallCredentials(scene.proofs(RelayScene.REPORTING)),
        Optional.of("METHOD_NOT_ALLOWED"));
    call("nobody", "Say, without a proof", calls, Optional.of("CREDENTIAL_MISSING"));
    expect(scene.service().unseenCalls() == 0);
    forgedHeaders(calls.withCallCredentials(checkout));
    stream(checkout);
    tellWhatTheServiceWasTold(told);
    addedTime(calls.withCallCredentials(scene.proofs(RelayScene.REPORTING)));
    return asExpected;
  }

  private void expect(boolean isTrue) {
    asExpected &= isTrue;
  }

  private void print(String who, String what, String answer, String why) {
    out.printf(STEP, who, what, answer, why);
    out.flush();
  }

  /** A call that is refused for that reason, or allowed if there is none. */
  private void call(
      String who, String what, EchoGrpc.EchoBlockingStub calls, Optional<String> expected) {
    try {
      say(calls);
      print(who, what, "allowed", "the service answers");
      expect(expected.isEmpty());
    } catch (StatusRuntimeException e) {
      String reason = reason(e);
      print(who, what, "refused", reason);
      expect(expected.equals(Optional.of(reason)));
    }
  }

  private static void say(EchoGrpc.EchoBlockingStub calls) {
    var unused = calls.say(SayRequest.newBuilder().setText("hello").build());
  }

  private static String reason(StatusRuntimeException failure) {
    return CallFailure.of(failure).reason().orElse(failure.getStatus().getCode().name());
  }

  /** The client says that another called: by the very headers that the relay sets. */
  private void forgedHeaders(EchoGrpc.EchoBlockingStub calls) throws InterruptedException {
    Metadata forged = new Metadata();
    forged.put(PRINCIPAL, FORGED);
    forged.put(ROLE, FORGED);
    forged.put(TOKEN, "forged");
    call(
        "checkout",
        "Say, and claims to be admin",
        calls.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(forged)),
        Optional.empty());
    Metadata told = scene.service().told();
    boolean removed =
        RelayScene.CHECKOUT.equals(only(told, PRINCIPAL))
            && !told.containsKey(ROLE)
            && verified(only(told, TOKEN)).isPresent();
    print("", "  the forged headers", removed ? "removed" : "PASSED", "the service sees checkout");
    expect(removed);
  }

  /** The one value of a header; empty if there is none, or several. */
  private static String only(Metadata headers, Metadata.Key<String> name) {
    Iterable<String> values = headers.getAll(name);
    String found = "";
    int count = 0;
    if (values != null) {
      for (String value : values) {
        found = value;
        count++;
      }
    }
    return count == 1 ? found : "";
  }

  private void stream(IamCallCredentials checkout) throws InterruptedException, IOException {
    EchoGrpc.EchoStub streams = EchoGrpc.newStub(scene.relayed()).withCallCredentials(checkout);
    try (DemoStream stream = DemoStream.begin(streams, ticker)) {
      boolean goesOn = stream.goesOn();
      print("checkout", "Chat, a stream", goesOn ? "allowed" : "ENDED", "the service echoes");
      long changed = ticker.getAsLong();
      scene.allowInstead(RelayScene.REPORTING);
      DemoStream.End end = stream.awaitEnd();
      String reason = end.failure().map(RelayStory::reason).orElse("without a reason");
      print(
          "operator",
          "takes checkout's access",
          "ended",
          reason + " in " + (end.at() - changed) / 1_000_000 + " ms");
      expect(goesOn && reason.equals("METHOD_NOT_ALLOWED"));
    }
  }

  private Optional<VerifiedToken> verified(String text) {
    if (!(CompactToken.read(text, TokenLimits.standard())
        instanceof TokenReading.WellFormed read)) {
      return Optional.empty();
    }
    CompactToken token = read.token();
    return scene.keys().keys().stream()
        .flatMap(key -> SignatureCheck.verify(token, key).stream())
        .findFirst();
  }

  private void tellWhatTheServiceWasTold(Metadata told) {
    Optional<VerifiedToken> token = verified(only(told, TOKEN));
    out.println("What the service was told of the first call, in the header txn-token:");
    out.printf("  signature  %s%n", token.isPresent() ? "verified by the relay's keys" : "INVALID");
    token.ifPresent(this::printClaims);
    boolean withoutProof = !told.containsKey(AUTHORIZATION);
    out.printf("  the proof  %s%n", withoutProof ? "went no further than the relay" : "PASSED ON");
    out.flush();
    expect(token.isPresent() && withoutProof);
  }

  private void printClaims(VerifiedToken token) {
    JsonValue.Members claims = token.claims();
    String subject = claims.text("sub").orElse("");
    long life = claims.whole("exp").orElse(0L) - claims.whole("iat").orElse(0L);
    out.printf("  sub        %s%n", subject);
    out.printf(
        "  aud        %s, scope %s, for %d s%n",
        claims.text("aud").orElse(""), claims.text("scope").orElse(""), life);
    expect(subject.equals(RelayScene.CHECKOUT));
  }

  /** Calls by turns, so that what else the machine does slows both alike. */
  private void addedTime(EchoGrpc.EchoBlockingStub relayed) {
    EchoGrpc.EchoBlockingStub direct = scene.direct();
    for (int i = 0; i < WARM_UP; i++) {
      say(direct);
      say(relayed);
    }
    long alone = 0;
    long both = 0;
    for (int i = 0; i < MEASURED; i++) {
      long begun = ticker.getAsLong();
      say(direct);
      long between = ticker.getAsLong();
      say(relayed);
      alone += between - begun;
      both += ticker.getAsLong() - between;
    }
    out.printf(
        "A call takes %s by the relay, with TLS, and %s direct, without.%nThe relay adds %s: means of %d calls.%n",
        milliseconds(both / MEASURED),
        milliseconds(alone / MEASURED),
        milliseconds((both - alone) / MEASURED),
        MEASURED);
  }

  private static String milliseconds(long nanos) {
    return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
  }
}
