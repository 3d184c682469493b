package dev.rolecall.cli.policy;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.rolecall.cli.failure.CommandFailure;
import dev.rolecall.cli.failure.IoWords;
import dev.rolecall.cli.options.CallerOptions;
import dev.rolecall.cli.schema.DescriptorSetFile;
import dev.rolecall.cli.schema.Schema;
import dev.rolecall.cli.schema.SchemaUnavailableException;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.identity.Audience;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code rolecall policy init}: a policy to be filled in, from the services of a
 * server.
 */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description =
        "Write a first policy for the services of a server: a commented rule for each. It allows no"
            + " call until you edit it.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:written",
      "1:the server refused to describe its services",
      "2:could not tell, such as when the server does not answer, or the file is there already"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall policy init --trust-cert orders.pem --output orders.yaml \\",
      "    127.0.0.1:50051",
      "  rolecall policy init --descriptor-set orders.pb > orders.yaml",
      "",
      "The server describes its services by reflection, which may itself ask for a",
      "proof: then give --audience, and the call is made as the role this shell",
      "runs as."
    })
final class PolicyInitCommand implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "HOST:PORT", description = "The server.")
  @Nullable String server;

  @Option(
      names = "--descriptor-set",
      paramLabel = "FILE",
      description =
          "What 'protoc --include_imports --descriptor_set_out' wrote, in place of a server.")
  @Nullable Path descriptorSet;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "services",
      description = "The policy's name. Default: ${DEFAULT-VALUE}.")
  String name;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write it; not over a file that is there. Default: standard output.")
  @Nullable Path output;

  @Option(names = "--force", description = "Write over the file of --output.")
  boolean force;

  @Option(
      names = "--audience",
      paramLabel = "NAME",
      description = "Ask with a proof for this audience. Default: without a proof.")
  @Nullable Audience audience;

  @Mixin CallerOptions caller;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    List<ServiceDescriptor> services;
    ReflectedServices reflected =
        new ReflectedServices(String.valueOf(server), Optional.ofNullable(audience), caller);
    try {
      services = services(reflected);
    } catch (SchemaUnavailableException e) {
      return reflected.print(spec.commandLine().getErr(), e);
    }
    if (services.isEmpty()) {
      throw new CommandFailure("no services are described: there is nothing to allow");
    }
    String template = PolicyTemplate.of(name, services);
    PolicyFiles.requireLoads("the policy", template);
    write(template);
    return ExitStatus.YES;
  }

  private List<ServiceDescriptor> services(ReflectedServices reflected) {
    if (server != null && descriptorSet == null) {
      return reflected.all();
    }
    if (descriptorSet != null && server == null) {
      return new Schema(DescriptorSetFile.read(descriptorSet)).services();
    }
    throw new CommandFailure("HOST:PORT or --descriptor-set (expected: one of them)");
  }

  private void write(String text) {
    if (output == null) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(text);
      out.flush();
      return;
    }
    try {
      // Not looked for and then written: another may come in between.
      if (force) {
        Files.writeString(output, text);
      } else {
        Files.writeString(output, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      }
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure("--output: " + output + ": is there already; see --force", e);
    } catch (IOException e) {
      throw new CommandFailure(
          "--output: " + output + ": cannot be written: " + IoWords.whyNotWritten(e), e);
    }
  }
}
