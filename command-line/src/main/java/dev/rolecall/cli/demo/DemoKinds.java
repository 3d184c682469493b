package dev.rolecall.cli.demo;

import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.cli.connect.BearerToken;
import dev.rolecall.cli.echo.CountRequest;
import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.echo.SayRequest;
import dev.rolecall.cli.scene.SceneSts;
import dev.rolecall.client.IamCallCredentials;
import dev.rolecall.client.WebIdentityCallCredentials;
import dev.rolecall.identity.Caller;
import io.grpc.CallCredentials;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** The part of the demo with one caller of each kind: what the policy allows it, and what not. */
final class DemoKinds {

  private static final String ROW = "%-12s %-39s %-7s %s%n";
  private static final String ROLE = "arn:aws:iam::111122223333:role/reports";

  private final DemoServer server;
  private final PrintWriter out;

  DemoKinds(DemoServer server, PrintWriter out) {
    this.server = server;
    this.out = out;
  }

  void run() throws IOException, InterruptedException {
    AwsCredentialsProvider keys = StaticCredentialsProvider.create(SceneSts.keys(server.add(ROLE)));
    OtherCallers others = server.others();
    out.printf(ROW, "kind", "principal", "Count", "Say");
    try (IamCallCredentials proofs =
            IamCallCredentials.builder("orders")
                .credentialsProvider(keys)
                .endpoint(server.sts(), Region.of(SceneSts.REGION))
                .build();
        WebIdentityCallCredentials webIdentity =
            WebIdentityCallCredentials.builder("orders")
                .credentialsProvider(keys)
                .endpoint(server.sts(), Region.of(SceneSts.REGION))
                .build()) {
      overTls("proof", proofs);
      overTls("web identity", webIdentity);
    }
    String jwt = others.jwt();
    overTls("JWT", new BearerToken(() -> jwt));
    overTls("opaque token", new BearerToken(others::opaqueToken));
    over("certificate", server.certifiedClientCredentials(), EchoGrpc::newBlockingStub);
    overTls("API key", new BearerToken(others::apiKey));
  }

  /** The calls of a client, on a channel. */
  @FunctionalInterface
  private interface Client {
    EchoGrpc.EchoBlockingStub on(ManagedChannel channel);
  }

  private void overTls(String kind, CallCredentials credentials) throws InterruptedException {
    over(
        kind,
        server.clientCredentials(),
        channel -> EchoGrpc.newBlockingStub(channel).withCallCredentials(credentials));
  }

  private void over(String kind, ChannelCredentials security, Client client)
      throws InterruptedException {
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress("127.0.0.1", server.port(), security).build();
    try {
      EchoGrpc.EchoBlockingStub calls = client.on(channel);
      AuditRecord counted =
          decided(
              () ->
                  calls
                      .count(CountRequest.newBuilder().setTo(1).build())
                      .forEachRemaining(number -> {}));
      AuditRecord said = decided(() -> calls.say(SayRequest.getDefaultInstance()));
      out.printf(ROW, kind, principal(counted), verdict(counted), verdict(said));
      out.flush();
    } finally {
      channel.shutdownNow();
      channel.awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  private AuditRecord decided(Runnable call) throws InterruptedException {
    try {
      call.run();
    } catch (StatusRuntimeException refusal) {
      // Refusals are to be seen: the row has the server's reason.
    }
    var unused = server.check();
    return server.decision();
  }

  private static String principal(AuditRecord decided) {
    return decided.caller().map(Caller::principal).map(Object::toString).orElse("unknown");
  }

  /** Allowed, or the reason why not. */
  private static String verdict(AuditRecord decided) {
    return decided
        .outcome()
        .fold(
            allowed -> "allowed",
            refused -> refused.reason().name(),
            ended -> ended.reason().name(),
            instead -> instead.reason().name(),
            differs -> differs.shadow().label());
  }
}
