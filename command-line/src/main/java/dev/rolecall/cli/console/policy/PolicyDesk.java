package dev.rolecall.cli.console.policy;

import dev.rolecall.cli.console.answer.Answer;
import dev.rolecall.cli.console.answer.FailedException;
import dev.rolecall.cli.console.answer.Failure;
import dev.rolecall.cli.console.answer.FlatJson;
import dev.rolecall.cli.report.ExplanationWords;
import dev.rolecall.cli.terminal.JsonOutput;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.document.PolicyReading;
import dev.rolecall.policytools.CallerQuery;
import dev.rolecall.policytools.Explanation;
import dev.rolecall.policytools.StatedCall;
import dev.rolecall.policytools.StatedGrant;
import java.util.Map;
import java.util.Optional;

/** Answers questions about the text of a policy. Asks no server. */
public final class PolicyDesk {

  private PolicyDesk() {}

  /** The rules of a text and the table of its answers, or what is wrong with it. */
  public static Answer read(String body) {
    PolicyReading reading = PolicyText.reading(FlatJson.read(body).text("text"));
    return Answer.of(json -> PolicyView.write(json, reading));
  }

  /** The answer about one call, and why. */
  public static Answer explain(String body) {
    FlatJson question = FlatJson.read(body);
    ExplanationWords words;
    try {
      words =
          new ExplanationWords(
              Explanation.of(
                  PolicyText.policy(question.text("text")),
                  caller(question),
                  MethodPath.parse(question.text("method")),
                  call(question)));
    } catch (IllegalArgumentException e) {
      throw new FailedException(Failure.wrong(String.valueOf(e.getMessage())), e);
    }
    return Answer.of(
        json -> {
          Explanation explanation = words.explanation();
          json.writeBooleanField("allowed", explanation.isAllowed());
          json.writeBooleanField("public", explanation.publicMethod());
          json.writeStringField("sentence", words.sentence());
          json.writeStringField("clause", words.clause().orElse(""));
          json.writeStringField(
              "rule", explanation.basis().rule().map(Object::toString).orElse(""));
          Optional<Place> at = explanation.basis().ruleAt();
          if (at.isPresent()) {
            json.writeNumberField("line", at.get().position().line());
          }
          JsonOutput.texts(json, "needs", words.needs());
          JsonOutput.texts(json, "near", words.near());
          JsonOutput.texts(json, "changes", explanation.suggestions());
        });
  }

  private static CallerQuery caller(FlatJson question) {
    return CallerQuery.parse(question.text("caller"))
        .holding(question.texts("grants").stream().map(StatedGrant::parse).toList());
  }

  private static StatedCall call(FlatJson question) {
    StatedCall call = StatedCall.none();
    for (Map.Entry<String, String> header : question.map("headers").entrySet()) {
      call = call.withHeader(header.getKey(), header.getValue());
    }
    Optional<String> address = question.optional("address");
    return address.isPresent() ? call.from(address.get()) : call;
  }
}
