package dev.rolecall.cli.policy;

import dev.rolecall.cli.options.JsonOption;
import dev.rolecall.cli.report.ConditionWords;
import dev.rolecall.cli.report.ExplanationWords;
import dev.rolecall.cli.report.GrantWords;
import dev.rolecall.cli.terminal.ExitStatus;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.cli.terminal.Paragraph;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.RuleName;
import dev.rolecall.policytools.Explanation;
import dev.rolecall.policytools.MatchedClause;
import dev.rolecall.policytools.NearMiss;
import dev.rolecall.policytools.StatedCall;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code rolecall policy explain}: the decision about one caller and method, and the
 * rule behind it.
 */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Say whether a caller may call a method, which rule and which of its clauses say so, and what"
            + " would change the answer.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:allowed",
      "1:denied, or a grant is needed that is not given",
      "2:could not tell, such as for a bad policy"
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  rolecall policy explain orders.yaml \\",
      "    --role arn:aws:iam::111122223333:role/checkout \\",
      "    --method /orders.v1.Orders/Create \\",
      "    --header x-tenant=blue --address 10.0.0.1",
      "  rolecall policy explain orders.yaml \\",
      "    --caller oidc:github:repo:acme/shop:environment:prod \\",
      "    --claim repository_owner_id='\"1234\"' --scope orders:write \\",
      "    --method /orders.v1.Orders/Create",
      "  rolecall policy explain orders.yaml \\",
      "    --role arn:aws:iam::111122223333:role/on-call \\",
      "    --grant orders-admin:orders/eu --header x-region=eu \\",
      "    --method /orders.v1.Orders/Delete"
    })
final class PolicyExplainCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "PATH",
      description = "The policy, a file or a folder; - reads standard input.")
  Path file;

  @Mixin StatedCallerOptions callers;

  @Option(
      names = "--method",
      required = true,
      paramLabel = "PATH",
      description = "The method: package.Service/Method, with or without a / before it.")
  MethodPath method;

  @Mixin StatedCallOptions stated;

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    StatedCall call = stated.call();
    Explanation explanation =
        Explanation.of(PolicyFiles.policy(file), callers.query(), method, call);
    if (json.isAsked()) {
      printJson(explanation, call);
    } else {
      print(explanation);
    }
    return explanation.isAllowed() ? ExitStatus.YES : ExitStatus.NO;
  }

  private void printJson(Explanation explanation, StatedCall call) {
    JsonOutput.print(
        spec.commandLine().getOut(),
        object -> {
          object.writeBooleanField("allowed", explanation.isAllowed());
          object.writeBooleanField("public", explanation.publicMethod());
          StatedCallerOptions.write(object, explanation.caller());
          StatedCallOptions.write(object, call);
          GrantWords.write(object, explanation.basis().needed());
          Optional<RuleName> rule = explanation.basis().rule();
          if (rule.isPresent()) {
            object.writeStringField("rule", rule.get().value());
          }
          if (explanation.basis().ruleAt().isPresent()) {
            Place at = explanation.basis().ruleAt().get();
            object.writeStringField("file", at.source());
            object.writeNumberField("line", at.position().line());
            object.writeNumberField("column", at.position().column());
          }
          if (explanation.basis().clause().isPresent()) {
            MatchedClause clause = explanation.basis().clause().get();
            object.writeStringField("principal", clause.principal().toString());
            if (clause.member().isPresent()) {
              object.writeStringField("member", clause.member().get().text());
            }
            object.writeStringField("path", clause.path().text());
            String conditions = ConditionWords.of(clause);
            if (!conditions.isEmpty()) {
              object.writeStringField("conditions", conditions);
            }
          }
          object.writeArrayFieldStart("near");
          for (NearMiss near : explanation.near()) {
            object.writeString("rule \"" + near.rule() + "\"" + ExplanationWords.why(near));
          }
          object.writeEndArray();
          object.writeArrayFieldStart("changes");
          for (String suggestion : explanation.suggestions()) {
            object.writeString(suggestion);
          }
          object.writeEndArray();
        });
  }

  private void print(Explanation explanation) {
    PrintWriter out = spec.commandLine().getOut();
    ExplanationWords words = new ExplanationWords(explanation);
    out.println(Paragraph.of(words.sentence()));
    words.clause().ifPresent(clause -> out.println(Paragraph.of("    ", clause)));
    words.needs().forEach(choice -> out.println(Paragraph.of("  needs: ", choice)));
    words.near().forEach(near -> out.println(Paragraph.of("  near: ", near)));
    out.println((explanation.isAllowed() ? "denied" : "allowed") + " by any of these changes:");
    explanation.suggestions().forEach(suggestion -> out.println(Paragraph.of("  - ", suggestion)));
  }
}
