package dev.rolecall.cli.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.StructProto;
import dev.rolecall.cli.CommandRun;
import dev.rolecall.cli.echo.EchoGrpc;
import dev.rolecall.cli.server.EchoServer;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.policy.document.PolicyReading;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.PolicyAnswer;
import dev.rolecall.policytools.UnmatchedPath;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.ProtoFileDescriptorSupplier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyInitCommandTest {

  private static final String ROLE = "arn:aws:iam::111122223333:role/checkout";
  private static final String WHO_AM_I = "/rolecall.demo.v1.Echo/WhoAmI";

  @TempDir Path directory;

  @Test
  void reflectedServer_givesAPolicyThatAdmitsNobody() {
    CommandRun run = initFrom(null);

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out())
        .contains("#        - \"" + WHO_AM_I + "\"\n", "#  - \"/grpc.health.v1.Health/*\"\n");
    AccessPolicy policy = read(run.out());
    assertThat(answer(policy, ROLE, WHO_AM_I)).isEqualTo("deny");
    assertThat(answer(policy, "nobody", "/grpc.health.v1.Health/Check")).isEqualTo("deny");
    assertThat(UnmatchedPath.in(policy, List.of())).isEmpty();
  }

  @Test
  void uncommented_isNoPolicyBeforeItsCallersAreFilledIn() {
    String open = uncommented(initFrom(null).out());

    assertThat(PolicyDocument.read("open", open.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            PolicyReading.Rejected.class,
            rejected ->
                assertThat(rejected.problems())
                    .isNotEmpty()
                    .allSatisfy(
                        problem ->
                            assertThat(problem.message())
                                .contains(PolicyTemplate.PLACE_OF_CALLERS)));
  }

  @Test
  void filledIn_allowsThoseCallersTheListedMethodsAndNothingElse() {
    String open = uncommented(initFrom(null).out()).replace(PolicyTemplate.PLACE_OF_CALLERS, ROLE);

    AccessPolicy policy = read(open);

    assertThat(answer(policy, ROLE, WHO_AM_I)).isEqualTo("allow");
    assertThat(answer(policy, ROLE, "/rolecall.demo.v1.Echo/AddedLater")).isEqualTo("deny");
    assertThat(answer(policy, ROLE + "2", WHO_AM_I)).isEqualTo("deny");
    assertThat(answer(policy, "nobody", "/grpc.health.v1.Health/Check")).isEqualTo("allow");
  }

  @Test
  void descriptorSet_givesTheSameAsTheServerDoes() throws IOException {
    Path set = descriptorSet();

    CommandRun run = CommandRun.of("policy", "init", "--descriptor-set", set.toString());

    assertThat(run.status()).isEqualTo(ExitStatus.YES);
    assertThat(run.out())
        .isEqualTo(
            initFrom(null).out().replace("#  - \"/grpc.reflection.v1.ServerReflection/*\"\n", ""));
  }

  private Path descriptorSet() throws IOException {
    FileDescriptorSet set =
        FileDescriptorSet.newBuilder()
            .addFile(StructProto.getDescriptor().toProto())
            .addFile(file(EchoGrpc.getServiceDescriptor().getSchemaDescriptor()).toProto())
            .addFile(file(HealthGrpc.getServiceDescriptor().getSchemaDescriptor()).toProto())
            .build();
    return Files.write(directory.resolve("echo.pb"), set.toByteArray());
  }

  private static FileDescriptor file(@Nullable Object schema) {
    if (schema instanceof ProtoFileDescriptorSupplier supplier) {
      return supplier.getFileDescriptor();
    }
    throw new AssertionError("generated code has its descriptor");
  }

  @Test
  void output_isNeverWrittenOverUnlessForced() throws IOException {
    String set = descriptorSet().toString();
    Path output = directory.resolve("policy.yaml");
    String[] command = {
      "policy", "init", "--descriptor-set", set, "--name", "orders", "--output", output.toString()
    };
    assertThat(CommandRun.of(command)).isEqualTo(new CommandRun(ExitStatus.YES, "", ""));
    assertThat(output).content().contains("\nname: \"orders\"\n");
    Files.writeString(output, "name: edited since\n" + "#\n".repeat(10_000));

    CommandRun again = CommandRun.of(command);
    assertThat(again.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(again.err()).contains("policy.yaml", "--force");
    assertThat(output).content().startsWith("name: edited since\n");

    List<String> forced = new ArrayList<>(List.of(command));
    forced.add("--force");
    assertThat(CommandRun.of(forced.toArray(String[]::new)).status()).isEqualTo(ExitStatus.YES);
    assertThat(read(Files.readString(output)).name()).isEqualTo("orders");
  }

  @ParameterizedTest
  @CsvSource({
    "UNAUTHENTICATED, 1, see --audience",
    "PERMISSION_DENIED, 1, see --audience",
    "UNIMPLEMENTED, 2, --descriptor-set FILE",
    "UNAVAILABLE, 2, failed: UNAVAILABLE"
  })
  void serverThatDoesNotDescribeItself_isNoPolicy(Status.Code code, int status, String words) {
    CommandRun run = initFrom(code.toStatus());

    assertThat(run.status()).isEqualTo(status);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(code.name(), words);
  }

  @Test
  void wrongUse_saysWhatIsExpected() throws IOException {
    String set = descriptorSet().toString();

    for (String[] arguments :
        new String[][] {
          {},
          {"127.0.0.1:1", "--descriptor-set", set},
          {"127.0.0.1:1", "--plaintext", "--bearer"},
          {"127.0.0.1:1", "--attested", "--expect-server-role", ROLE},
          {"--descriptor-set", directory.resolve("none.pb").toString()},
          {"--descriptor-set", set, "--name", "two\nlines"},
          {"--descriptor-set", set, "--output", directory.resolve("no/where").toString()}
        }) {
      List<String> command = new ArrayList<>(List.of("policy", "init"));
      command.addAll(List.of(arguments));
      CommandRun run = CommandRun.of(command.toArray(String[]::new));

      assertThat(run.status()).as("%s", command).isEqualTo(ExitStatus.COULD_NOT_TELL);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).startsWith("rolecall: ").doesNotContain("defect");
    }
  }

  @Test
  void noServices_areNoPolicy() throws IOException {
    Path empty = Files.write(directory.resolve("empty.pb"), new byte[0]);

    CommandRun run = CommandRun.of("policy", "init", "--descriptor-set", empty.toString());

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
  }

  @Test
  void namesThatWouldLeaveTheirLine_areRefused() throws IOException {
    var hostile = file(EchoGrpc.getServiceDescriptor().getSchemaDescriptor()).toProto().toBuilder();
    hostile
        .getServiceBuilder(0)
        .addMethod(
            MethodDescriptorProto.newBuilder(hostile.getService(0).getMethod(0))
                .setName("X\"\npublic_methods: [\"/a.B/*\"]\n#"));
    Path set = directory.resolve("hostile.pb");
    Files.write(set, FileDescriptorSet.newBuilder().addFile(hostile).build().toByteArray());

    CommandRun run = CommandRun.of("policy", "init", "--descriptor-set", set.toString());

    assertThat(run.status()).isEqualTo(ExitStatus.COULD_NOT_TELL);
    assertThat(run.out()).isEmpty();
  }

  private static CommandRun initFrom(@Nullable Status refusal) {
    Server server = EchoServer.start(0, InsecureServerCredentials.create(), new Refusing(refusal));
    try {
      return CommandRun.of("policy", "init", "--plaintext", "127.0.0.1:" + server.getPort());
    } finally {
      server.shutdownNow();
    }
  }

  private record Refusing(@Nullable Status status) implements ServerInterceptor {
    @Override
    public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
        ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
      if (status == null) {
        return next.startCall(call, headers);
      }
      call.close(status, new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }

  /** What is not prose begins right behind its #. */
  private static String uncommented(String text) {
    return Pattern.compile("(?m)^#(?=  |[a-z])").matcher(text).replaceAll("");
  }

  private static AccessPolicy read(String text) {
    return PolicyDocument.read("policy.yaml", text.getBytes(UTF_8))
        .fold(
            PolicyReading.Loaded::policy,
            rejected -> {
              throw new AssertionError(rejected.problems().toString());
            });
  }

  private static String answer(AccessPolicy policy, String caller, String method) {
    return PolicyAnswer.of(policy, CallerQuery.parse(caller), MethodPath.parse(method))
        .answer()
        .toString();
  }
}
