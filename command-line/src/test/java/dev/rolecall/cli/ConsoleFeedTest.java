package dev.rolecall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.decisions.v1.DecisionNews;
import dev.rolecall.decisions.v1.DecisionsGrpc;
import dev.rolecall.decisions.v1.ListCallsRequest;
import dev.rolecall.decisions.v1.Outcome;
import dev.rolecall.decisions.v1.SeenCall;
import dev.rolecall.decisions.v1.WatchDecisionsRequest;
import dev.rolecall.testsupport.ServedProcess;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The feed of a server's decisions for the console, read by a client with a proof. */
@Timeout(600)
final class ConsoleFeedTest {

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  private static final String REPORTING = "arn:aws:iam::111122223333:role/reporting";
  private static final String WATCH = "rolecall.decisions.v1.Decisions/WatchDecisions";

  private static final String POLICY =
      """
      name: orders
      allow_rules:
        - name: checkout watches
          source: {principals: ["%s"]}
          request: {paths: ["/rolecall.decisions.v1.Decisions/*"]}
      """
          .formatted(CHECKOUT);

  @RegisterExtension static final Shell SHELL = new Shell();

  @TempDir Path folder;

  private ServedProcess serve(String policy, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("orders.yaml"), policy);
    return ServedProcess.start(
        Map.of(),
        Stream.concat(
                Stream.of("serve", "--port", "0", "--audience", "orders"),
                Stream.concat(
                    Stream.of("--sts", SHELL.running().sts(), "--policy", file.toString()),
                    Stream.concat(
                        Stream.of("--write-cert", certificate().toString()), Stream.of(more))))
            .toArray(String[]::new));
  }

  private Path certificate() {
    return folder.resolve("server.pem");
  }

  private ManagedChannel channel(String server) throws IOException {
    return Grpc.newChannelBuilder(
            server, TlsChannelCredentials.newBuilder().trustManager(certificate().toFile()).build())
        .build();
  }

  private static DecisionsGrpc.DecisionsBlockingStub as(String profile, ManagedChannel channel) {
    CommandRun run =
        SHELL.as(profile, "token", "--audience", "orders", "--sts", SHELL.running().sts());
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + run.out().strip());
    return DecisionsGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static Status.Code refusal(String profile, ManagedChannel channel) {
    try {
      var unused = as(profile, channel).listCalls(ListCallsRequest.getDefaultInstance());
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  @Test
  void feed_tellsTheDecisions_toThoseWhomThePolicyAllows() throws Exception {
    try (ServedProcess served = serve(POLICY, "--console-feed")) {
      ManagedChannel channel = channel(RunningCommands.lastWord(served.line()));
      try {
        assertThat(refusal("reporting", channel)).isEqualTo(Status.Code.PERMISSION_DENIED);
        var reader = as("checkout", channel);

        Iterator<DecisionNews> news =
            reader.watchDecisions(WatchDecisionsRequest.getDefaultInstance());
        DecisionNews first = news.next();
        assertThat(first.getRecordsList())
            .anySatisfy(
                record -> {
                  assertThat(record.getReason()).isEqualTo("METHOD_NOT_ALLOWED");
                  assertThat(record.getCaller()).isEqualTo(REPORTING);
                });
        assertThat(first.getCountsList())
            .anySatisfy(
                count -> {
                  assertThat(count.getMethod()).isEqualTo(WATCH);
                  assertThat(count.getOutcome()).isEqualTo(Outcome.ALLOWED);
                });

        assertThat(refusal("reporting", channel)).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(news.next().getRecordsList()).hasSize(1);

        List<SeenCall> calls =
            reader.listCalls(ListCallsRequest.getDefaultInstance()).getCallsList();
        assertThat(calls).extracting(SeenCall::getCaller).contains(CHECKOUT, REPORTING);

        // The stream does not hold up the end of the server.
        assertThat(served.terminate()).isEqualTo(128 + 15);
        assertThatThrownBy(() -> news.forEachRemaining(more -> {}))
            .hasMessageContaining("UNAVAILABLE");
      } finally {
        channel.shutdownNow();
      }
    }
  }

  @Test
  void serve_withoutTheOption_hasNoSuchService() throws Exception {
    try (ServedProcess served = serve(POLICY)) {
      ManagedChannel channel = channel(RunningCommands.lastWord(served.line()));
      try {
        assertThat(refusal("checkout", channel)).isEqualTo(Status.Code.UNIMPLEMENTED);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  @Test
  void serve_withAFeedThatNoRuleAllows_saysSo() throws Exception {
    try (ServedProcess served =
        serve(
            "name: orders\npublic_methods: [\"/rolecall.demo.v1.Echo/Say\"]\n", "--console-feed")) {
      assertThat(served.line()).startsWith("serving orders on ");
      assertThat(served.line())
          .isEqualTo(
              "  note: nobody may read the console feed: no rule of the policy allows /" + WATCH);
    }
  }
}
