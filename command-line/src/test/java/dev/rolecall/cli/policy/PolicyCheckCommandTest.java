package dev.rolecall.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.StructProto;
import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.testsupport.ClosedPort;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies of several files, and paths held against the methods there are. */
final class PolicyCheckCommandTest {

  private static final String GROUPS =
      """
      name: org
      groups: {writers: ["arn:aws:iam::111122223333:role/checkout"]}
      """;

  private static final String ORDERS =
      """
      name: orders
      allow_rules:
        - name: writes
          source: {principals: ["group:writers"]}
          request: {paths: ["/rolecall.demo.v1.Echo/WhoAmI"]}
      public_methods: ["/grpc.health.v1.Health/*"]
      """;

  @TempDir Path directory;

  @Test
  void folder_isOnePolicy() throws IOException {
    file("policies/groups.yaml", GROUPS);
    file("policies/orders.yaml", ORDERS);
    file("policies/orders.cases.yaml", "cases: []");

    CommandRun run = check("policies");

    assertThat(run.err())
        .isEqualTo(
            "note: %s: left out, as a table of cases; see 'rolecall policy test'\n"
                .formatted(directory.resolve("policies/orders.cases.yaml")));
    assertThat(run.out())
        .isEqualTo(directory.resolve("policies") + ": policy org+orders is valid\n");
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
  }

  @Test
  void severalFiles_areAPolicyEachUnlessTogether() throws IOException {
    file("groups.yaml", GROUPS);
    file("orders.yaml", ORDERS);

    CommandRun each = check("groups.yaml", "orders.yaml");
    CommandRun together = check("groups.yaml", "orders.yaml", "--together");

    assertThat(each.status()).isEqualTo(ExitStatus.NO);
    assertThat(each.out()).contains("groups.yaml: policy org is valid").hasLineCount(1);
    assertThat(each.err())
        .contains(
            directory.resolve("orders.yaml")
                + ":4:27: principals: \"group:writers\" (expected: one of the policy's groups;"
                + " it has none)");
    assertThat(together.status()).isEqualTo(ExitStatus.YES);
    assertThat(together.out()).endsWith("orders.yaml: policy org+orders is valid\n");
  }

  @Test
  void folderOfWhichOneFileIsWrong_isWrongWithItsPlace() throws IOException {
    file("policies/groups.yaml", GROUPS.replace("writers", "writer"));
    file("policies/orders.yaml", ORDERS);

    CommandRun run = check("policies", "--json");

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.out())
        .isEqualTo(
            "[{\"file\":\"%s\",\"line\":4,\"column\":27,\"code\":\"unknown-group\",\"message\":\"principals: \\\"group:writers\\\" (expected: group:writer)\",\"severity\":\"error\"}]\n"
                .formatted(directory.resolve("policies/orders.yaml")));
  }

  @Test
  void goodPolicyAsJson_isAnArrayOfItsNotes() throws IOException {
    file("groups.yaml", GROUPS);

    CommandRun run = check("groups.yaml", "--json");

    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out())
        .contains(
            "\"line\":1,\"column\":1,\"code\":\"no-allow-rules\"",
            "\"line\":2,\"column\":10,\"code\":\"unused-group\"",
            "\"severity\":\"note\"")
        .doesNotContain("\"error\"");
    assertThat(check("missing.yaml", "--json").out())
        .isEqualTo(
            "[{\"file\":\"%s\",\"code\":\"unreadable\",\"message\":\"cannot be read: no such file\",\"severity\":\"error\"}]\n"
                .formatted(directory.resolve("missing.yaml")));
  }

  @Test
  void descriptorSet_pathOfNoMethod_isAProblemWithTheNearest() throws IOException {
    Path set = descriptorSet();
    file("p/groups.yaml", GROUPS);
    file("p/orders.yaml", ORDERS.replace("WhoAmI", "WhoAmi").replace("Health/*", "Helth/*"));

    CommandRun run = check("p", "--descriptor-set", set.toString());

    assertThat(run.status()).isEqualTo(ExitStatus.NO);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().replace(directory + "/", ""))
        .isEqualTo(
            """
            p/orders.yaml:5:23: allow_rules, rule "writes": "/rolecall.demo.v1.Echo/WhoAmi" matches no\
             method of the server (expected: /rolecall.demo.v1.Echo/WhoAmI)
            p/orders.yaml:6:18: public_methods: "/grpc.health.v1.Helth/*" matches no method of the\
             server (expected: /grpc.health.v1.Health/*)
            """);
    assertThat(check("p", "--json", "--descriptor-set", set.toString()).out())
        .contains("\"line\":5,\"column\":23,\"code\":\"unknown-method\"");
  }

  @Test
  void descriptorSet_everyPathMeansAMethod_isGood() throws IOException {
    file("p/groups.yaml", GROUPS);
    file("p/orders.yaml", ORDERS);

    assertThat(check("p", "--descriptor-set", descriptorSet().toString()).status())
        .isEqualTo(ExitStatus.YES);
  }

  @Test
  void server_pathOfNoMethod_isAProblem() throws IOException {
    file("p/groups.yaml", GROUPS);
    file("p/orders.yaml", ORDERS.replace("Echo/W", "Ecko/W"));
    Server server = EchoServer.start(0, InsecureServerCredentials.create(), new Open());
    try {
      CommandRun run = check("p", "--plaintext", "--server", "127.0.0.1:" + server.getPort());

      assertThat(run.status()).isEqualTo(ExitStatus.NO);
      assertThat(run.err())
          .contains(":5:23: ", "(expected: /rolecall.demo.v1.Echo/WhoAmI)")
          .hasLineCount(1);
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void server_thatDoesNotAnswer_couldNotTell() throws IOException {
    file("groups.yaml", GROUPS);

    CommandRun run =
        check("groups.yaml", "--plaintext", "--server", "127.0.0.1:" + ClosedPort.any());

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.err()).startsWith("rolecall: ");
  }

  @Test
  void explainTestAndDiff_takeFolders() throws IOException {
    file("p/groups.yaml", GROUPS);
    file("p/orders.yaml", ORDERS);
    Path cases =
        file(
            "orders.cases.yaml",
            """
            cases:
              - caller: arn:aws:iam::111122223333:role/checkout
                method: /rolecall.demo.v1.Echo/WhoAmI
                expect: allow
            """);
    Path roles = file("roles.txt", "arn:aws:iam::111122223333:role/checkout\n");
    String p = directory.resolve("p").toString();

    CommandRun explained =
        CommandRun.of(
            "policy",
            "explain",
            p,
            "--role",
            "arn:aws:iam::111122223333:role/checkout",
            "--method",
            "rolecall.demo.v1.Echo/WhoAmI");

    assertThat(explained.out().replace(directory + "/", "").replaceAll("\\s+", " "))
        .startsWith("allowed: by rule \"writes\" at p/orders.yaml:3:5")
        .contains(
            "whose principal \"group:writers\" (p/groups.yaml:2:20:"
                + " \"arn:aws:iam::111122223333:role/checkout\")"
                + " and path \"/rolecall.demo.v1.Echo/WhoAmI\" at p/orders.yaml:5:23 match");
    assertThat(CommandRun.of("policy", "test", p, cases.toString()).status()).isZero();
    assertThat(CommandRun.of("policy", "diff", p, p, "--roles", roles.toString()).status())
        .isZero();
  }

  private Path descriptorSet() throws IOException {
    FileDescriptor file = ((ProtoFileDescriptorSupplier) schema()).getFileDescriptor();
    return Files.write(
        directory.resolve("echo.pb"),
        FileDescriptorSet.newBuilder()
            .addFile(StructProto.getDescriptor().toProto())
            .addFile(file.toProto())
            .build()
            .toByteArray());
  }

  private static Object schema() {
    @Nullable Object schema = EchoGrpc.getServiceDescriptor().getSchemaDescriptor();
    if (schema == null) {
      throw new AssertionError("the generated service has no schema");
    }
    return schema;
  }

  private CommandRun check(String path, String... more) {
    List<String> arguments = new ArrayList<>(List.of("policy", "check"));
    arguments.add(directory.resolve(path).toString());
    for (String each : more) {
      arguments.add(each.endsWith(".yaml") ? directory.resolve(each).toString() : each);
    }
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private Path file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static final class Open implements ServerInterceptor {
    @Override
    public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
        ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
      return next.startCall(call, headers);
    }
  }
}
