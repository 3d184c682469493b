package dev.rolecall.cli.keys;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.apikeys.StoredKey;
import dev.rolecall.cli.options.JsonOption;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.JsonOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code rolecall key list}: the keys of a file, without what is secret of them. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List the keys of a file: id, state, creation, end, name.",
    footerHeading = "%nFor example:%n",
    footer = "  rolecall key list --keys keys.jsonl --json")
final class KeyListCommand implements Callable<Integer> {

  @Mixin KeysOption keys;

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    return keys.apply(
        (file, now) -> {
          print(file.read(now), now);
          return ExitStatus.YES;
        });
  }

  private void print(List<StoredKey> stored, Instant now) {
    PrintWriter out = spec.commandLine().getOut();
    if (json.isAsked()) {
      JsonOutput.printAll(out, stored, (object, key) -> write(object, key, now));
      return;
    }
    out.printf("%-12s  %-8s  %-20s  %-20s  %s%n", "id", "state", "created", "ends", "name");
    stored.forEach(
        key ->
            out.printf(
                "%-12s  %-8s  %-20s  %-20s  %s%n",
                key.id(),
                key.stateAt(now).label(),
                key.created(),
                key.notAfter(),
                key.client().name()));
  }

  private static void write(JsonGenerator json, StoredKey key, Instant now) throws IOException {
    json.writeStringField("id", key.id().value());
    json.writeStringField("name", key.client().name());
    json.writeStringField("created", key.created().toString());
    json.writeStringField("notAfter", key.notAfter().toString());
    json.writeStringField("state", key.stateAt(now).label());
  }
}
