package dev.rolecall.cli.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rolecall.cli.arguments.MethodName;
import dev.rolecall.cli.arguments.RoleName;
import dev.rolecall.cli.options.JsonOption;
import dev.rolecall.cli.report.GrantWords;
import dev.rolecall.cli.schema.DescriptorSetFile;
import dev.rolecall.cli.schema.Schema;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.compare.AnswerChange;
import dev.rolecall.policytools.compare.PolicyComparison;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rolecall policy diff}: every caller and method whose answer changes. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description =
        "List every caller and method that a new policy answers differently from the old.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:no answer changes",
      "1:some do",
      "2:could not tell: a file cannot be read, or is wrong; it is said where"
    },
    footerHeading = "%nWhat is asked about:%n",
    footer = {
      "  Callers: those in --roles; nobody, which is a call without a proof; and one",
      "  for each principal of a rule that is no role, such as key:ci.",
      "  Methods: every whole path of either policy; for every path with a * at its",
      "  end, all the methods that start like that and have no closer path, on one",
      "  line; and every method of --methods and --descriptor-set, each by its name.",
      "  Calls: where rules have conditions, each combination of claims, scopes, tags,",
      "  actor, headers and address that the rules tell apart; of those that change",
      "  alike, one is listed.",
      "  Grants: none is held, so a rule that requires one answers needs_grant. A",
      "  change to it tightens a yes and loosens a no; the reverse is told too.",
      "  For these callers that is complete: both policies deny any other method.",
      "",
      "For example:",
      "  rolecall policy diff orders.yaml orders.new.yaml --roles roles.txt"
    })
final class PolicyDiffCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      paramLabel = "OLD",
      description = "The policy in force, a file or a folder.")
  Path before;

  @Parameters(index = "1", paramLabel = "NEW", description = "The policy that is to replace it.")
  Path after;

  @Option(
      names = "--roles",
      required = true,
      paramLabel = "FILE",
      description =
          "The callers, one a line: a role's ARN, with #AROA... behind it where a policy pins its"
              + " unique id, or a principal of another kind. Lines that begin with # are"
              + " comments.")
  List<Path> roles;

  @Option(
      names = "--methods",
      paramLabel = "FILE",
      description = "Methods to ask about by name, one a line, such as /orders.v1.Orders/Get.")
  List<Path> methods = List.of();

  @Option(
      names = "--descriptor-set",
      paramLabel = "FILE",
      description =
          "What 'protoc --include_imports --descriptor_set_out' wrote: its methods are asked about"
              + " by name.")
  List<Path> descriptorSets = List.of();

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PolicyComparison comparison =
        PolicyComparison.of(
            PolicyFiles.policy(before),
            PolicyFiles.policy(after),
            roles.stream()
                .flatMap(
                    file -> LinesFile.read("--roles", file, PolicyDiffCommand::caller).stream())
                .toList(),
            methods());
    if (json.isAsked()) {
      JsonOutput.print(spec.commandLine().getOut(), object -> write(object, comparison));
    } else {
      print(comparison);
    }
    return comparison.changes().isEmpty() ? ExitStatus.YES : ExitStatus.NO;
  }

  private static CallerQuery caller(String text) {
    try {
      return CallerQuery.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + RoleName.hint(text), e);
    }
  }

  private List<MethodPath> methods() {
    List<MethodPath> all = new ArrayList<>();
    for (Path file : methods) {
      all.addAll(LinesFile.read("--methods", file, MethodName::parse));
    }
    for (Path file : descriptorSets) {
      new Schema(DescriptorSetFile.read(file))
          .services()
          .forEach(service -> service.getMethods().forEach(m -> all.add(Schema.pathOf(m))));
    }
    return all;
  }

  private void print(PolicyComparison comparison) {
    PrintWriter out = spec.commandLine().getOut();
    for (AnswerChange change : comparison.changes()) {
      out.println(Paragraph.of(change.caller() + " " + change.methods()));
      change
          .call()
          .ifPresent(
              call ->
                  out.println(
                      Paragraph.of(
                          "with " + CallWords.of(change.caller(), call).orElse(call.toString()))));
      out.println(Paragraph.of("- " + change.before().answer() + ", " + change.before().why()));
      out.println(Paragraph.of("+ " + change.after().answer() + ", " + change.after().why()));
      GrantWords.of(change).ifPresent(words -> out.println(Paragraph.of("  " + words)));
      out.println();
    }
    out.printf("%d of %d answers change%n", comparison.changes().size(), comparison.asked());
  }

  private void write(JsonGenerator json, PolicyComparison comparison) throws IOException {
    json.writeNumberField("asked", comparison.asked());
    json.writeArrayFieldStart("changes");
    for (AnswerChange change : comparison.changes()) {
      json.writeStartObject();
      json.writeStringField("caller", change.caller().toString());
      StatedCallerOptions.write(json, change.caller());
      json.writeStringField("methods", change.methods().text());
      if (change.call().isPresent()) {
        StatedCallOptions.write(json, change.call().get());
      }
      json.writeStringField("before", change.before().answer().toString());
      json.writeStringField("after", change.after().answer().toString());
      json.writeStringField("effect", change.effect().toString());
      json.writeStringField("why_before", change.before().why());
      json.writeStringField("why_after", change.after().why());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
