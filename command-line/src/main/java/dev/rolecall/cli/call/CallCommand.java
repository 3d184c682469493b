package dev.rolecall.cli.call;

import dev.rolecall.cli.arguments.MethodName;
import dev.rolecall.cli.connect.ClientEnd;
import dev.rolecall.cli.connect.ServerProbe;
import dev.rolecall.cli.failure.CallFailure;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.options.BearerOptions;
import dev.rolecall.cli.options.CallerOptions;
import dev.rolecall.cli.options.TimeoutOption;
import dev.rolecall.cli.report.CallReport;
import dev.rolecall.cli.schema.DescriptorSetFile;
import dev.rolecall.cli.schema.ReflectedSchema;
import dev.rolecall.cli.schema.Schema;
import dev.rolecall.cli.schema.SchemaUnavailableException;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.identity.Audience;
import dev.rolecall.policy.MethodPath;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rolecall call}: one call, made as the role this shell runs as. */
@Command(
    name = "call",
    mixinStandardHelpOptions = true,
    description =
        "Make one call as the role this shell runs as, or with a token; print each answer as"
            + " JSON.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:answered",
      "1:refused by the server: UNAUTHENTICATED or PERMISSION_DENIED",
      "2:could not tell: anything else, such as a server or an STS that does not answer"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall call --audience orders --trust-cert orders.pem 127.0.0.1:50051 \\",
      "      rolecall.demo.v1.Echo/WhoAmI",
      "  rolecall call --audience orders --attested \\",
      "      --expect-server-role arn:aws:iam::111122223333:role/orders-server \\",
      "      127.0.0.1:50051 rolecall.demo.v1.Echo/WhoAmI",
      "  rolecall call --bearer-from TOKEN --trust-cert orders.pem \\",
      "      127.0.0.1:50051 rolecall.demo.v1.Echo/WhoAmI",
      "",
      "The server describes its methods by reflection, which is a call like any",
      "other and may be refused; --descriptor-set does without."
    })
public final class CallCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "HOST:PORT", description = "The server.")
  String server;

  @Parameters(
      index = "1",
      paramLabel = "SERVICE/METHOD",
      description = "The method, such as orders.v1.Orders/Get.")
  MethodPath method;

  @Parameters(
      index = "2",
      arity = "0..1",
      defaultValue = "{}",
      paramLabel = "JSON",
      description = "The request message as JSON. Default: ${DEFAULT-VALUE}.")
  String request;

  @Option(
      names = "--audience",
      paramLabel = "NAME",
      description =
          "The audience: the name that the server goes by. Needed unless the call brings a token.")
  @Nullable Audience audience;

  @ArgGroup(exclusive = true)
  @Nullable BearerOptions tokens;

  @Option(
      names = "--descriptor-set",
      paramLabel = "FILE",
      description =
          "What 'protoc --include_imports --descriptor_set_out' wrote, in place of reflection.")
  @Nullable Path descriptorSet;

  @Mixin TimeoutOption timeout;

  @Mixin CallerOptions caller;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    try (ClientEnd end = end()) {
      return end.over(server, channel -> answered(channel, end));
    }
  }

  private ClientEnd end() {
    if (tokens != null && audience == null) {
      return caller.endWithToken(tokens, server);
    }
    if (audience == null || tokens != null) {
      throw new CommandFailure(
          "--audience, --bearer-from, --token-file and --login (expected: one of them: a proof for"
              + " the audience, or a token)");
    }
    return caller.end(audience, server);
  }

  private int answered(Channel channel, ClientEnd end) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    String name = MethodName.full(method);
    int slash = name.lastIndexOf('/');
    try {
      Schema.Source schema =
          descriptorSet == null
              ? new ReflectedSchema(channel, options(end))
              : DescriptorSetFile.read(descriptorSet);
      new JsonCall(
              new Schema(schema).method(name.substring(0, slash), name.substring(slash + 1)),
              request)
          .send(channel, options(end), answer -> print(out, answer));
      return ExitStatus.YES;
    } catch (SchemaUnavailableException e) {
      return report(end).printOfReflection(err, e);
    } catch (StatusRuntimeException e) {
      return report(end).print(err, method, CallFailure.of(e));
    } finally {
      out.flush();
    }
  }

  private CallReport report(ClientEnd end) {
    return new CallReport(
        server,
        caller.security(),
        Optional.ofNullable(audience),
        end.kind(),
        Collections.min(List.of(timeout.time(), ServerProbe.TIMEOUT)));
  }

  private static void print(PrintWriter out, String answer) {
    out.println(answer);
    if (out.checkError()) {
      // Not to go on for ever, where the answers do.
      throw new CommandFailure("standard output takes no more: the call was cancelled");
    }
  }

  private CallOptions options(ClientEnd end) {
    return end.callOptions().withDeadlineAfter(timeout.time());
  }
}
