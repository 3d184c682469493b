package dev.rolecall.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicyReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rolecall policy check}: everything that is wrong with a policy file, and where. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Read a policy file and say all that is wrong with it.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:a policy", "1:not a policy", "2:the file cannot be read"})
final class PolicyCheckCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "The policy, YAML or JSON.")
  Path file;

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    if (!Files.isReadable(file)) {
      throw new CommandFailure(file + ": cannot be read");
    }
    return AccessPolicy.read(file).fold(this::good, this::bad);
  }

  private int good(PolicyReading.Loaded loaded) {
    if (json.asked) {
      JsonOutput.print(
          spec.commandLine().getOut(),
          object -> {
            object.writeBooleanField("valid", true);
            object.writeStringField("name", loaded.policy().name());
            write(object, "notes", loaded.notes());
          });
    } else {
      loaded.notes().forEach(note -> spec.commandLine().getErr().println("note: " + note));
      spec.commandLine().getOut().println(file + ": policy " + loaded.policy().name() + " is good");
    }
    return ExitStatus.YES;
  }

  private int bad(PolicyReading.Rejected rejected) {
    if (json.asked) {
      JsonOutput.print(
          spec.commandLine().getOut(),
          object -> {
            object.writeBooleanField("valid", false);
            write(object, "problems", rejected.problems());
          });
    } else {
      rejected.problems().forEach(spec.commandLine().getErr()::println);
    }
    return ExitStatus.NO;
  }

  private static void write(JsonGenerator object, String name, List<?> lines) throws IOException {
    object.writeArrayFieldStart(name);
    for (Object line : lines) {
      object.writeString(line.toString());
    }
    object.writeEndArray();
  }
}
