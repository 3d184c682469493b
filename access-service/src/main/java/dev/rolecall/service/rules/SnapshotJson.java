package dev.rolecall.service.rules;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.identity.RoleArn;
import dev.rolecall.identity.RoleId;
import dev.rolecall.identity.pattern.OidcPattern;
import dev.rolecall.identity.pattern.RolePattern;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Snapshots as JSON. Each party is a list of strings, the first of which names its kind. What this
 * release does not know is refused: to count a review by half a snapshot would be to guess.
 */
final class SnapshotJson {

  private static final JsonFactory JSON = new JsonFactory();

  private static final String QUORUM = "quorum";
  private static final String PENDING = "pending_for_s";
  private static final String REVIEWERS = "reviewers";

  private SnapshotJson() {}

  static String write(RuleSnapshot snapshot) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField(QUORUM, snapshot.reviewing().quorum());
      json.writeNumberField(PENDING, snapshot.reviewing().pendingFor().toSeconds());
      json.writeArrayFieldStart(REVIEWERS);
      for (Party party : snapshot.reviewing().reviewers()) {
        String[] words = words(party).toArray(String[]::new);
        json.writeArray(words, 0, words.length);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a writer in memory failed", e);
    }
    return text.toString();
  }

  private static List<String> words(Party party) {
    List<String> words = new ArrayList<>();
    if (party instanceof Party.SsoPeople people) {
      words.addAll(List.of("sso", people.directory().value()));
      people.roles().forEach(role -> words.add(role.id() + " " + role.set()));
    } else if (party instanceof Party.IssuerPeople people) {
      words.addAll(List.of("issuer", people.directory().value(), people.issuer().value()));
    } else if (party instanceof Party.OneRole role) {
      words.addAll(List.of("role", role.role().toString()));
      role.id().ifPresent(id -> words.add(id.value()));
    } else if (party instanceof Party.OneSubject subject) {
      words.addAll(List.of("subject", subject.subject().text()));
    }
    return words;
  }

  static RuleSnapshot read(String text) {
    Map<String, Integer> numbers = new HashMap<>();
    List<Party> reviewers = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      expect(json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (name.equals(REVIEWERS)) {
          readParties(json, reviewers);
        } else if (List.of(QUORUM, PENDING).contains(name)) {
          expect(json.nextToken(), JsonToken.VALUE_NUMBER_INT);
          numbers.put(name, json.getIntValue());
        } else {
          throw unknown("field " + name);
        }
      }
      return new RuleSnapshot(
          new Reviewing(reviewers, number(numbers, QUORUM), seconds(numbers, PENDING)));
    } catch (IOException e) {
      throw new IllegalArgumentException("rule snapshot: not JSON", e);
    }
  }

  private static void readParties(JsonParser json, List<Party> reviewers) throws IOException {
    expect(json.nextToken(), JsonToken.START_ARRAY);
    while (json.nextToken() == JsonToken.START_ARRAY) {
      List<String> words = new ArrayList<>();
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        words.add(json.getText());
      }
      reviewers.add(party(words));
    }
  }

  private static Party party(List<String> words) {
    String kind = words.size() < 2 ? "" : words.get(0);
    if (kind.equals("sso")) {
      return new Party.SsoPeople(
          new DirectoryName(words.get(1)),
          words.stream().skip(2).map(SnapshotJson::permissionSet).toList());
    }
    if (kind.equals("issuer") && words.size() == 3) {
      return new Party.IssuerPeople(new DirectoryName(words.get(1)), new IssuerAlias(words.get(2)));
    }
    if (kind.equals("role") && words.size() <= 3) {
      return new Party.OneRole(
          RoleArn.parse(words.get(1)), words.stream().skip(2).findFirst().map(RoleId::parse));
    }
    if (kind.equals("subject")
        && OidcPattern.parse(words.get(1)) instanceof OidcPattern.Subject subject) {
      return new Party.OneSubject(subject.subject());
    }
    throw unknown("party");
  }

  private static PermissionSetRole permissionSet(String text) {
    int space = text.indexOf(' ');
    if (space > 0
        && RolePattern.parse(text.substring(space + 1)) instanceof RolePattern.PermissionSet set) {
      return new PermissionSetRole(set, RoleId.parse(text.substring(0, space)));
    }
    throw unknown("permission set");
  }

  private static Duration seconds(Map<String, Integer> numbers, String name) {
    return Duration.ofSeconds(number(numbers, name));
  }

  private static int number(Map<String, Integer> numbers, String name) {
    return Optional.ofNullable(numbers.get(name)).orElseThrow(() -> unknown("without " + name));
  }

  private static void expect(Object found, JsonToken token) {
    if (found != token) {
      throw unknown("shape");
    }
  }

  private static IllegalArgumentException unknown(String what) {
    return new IllegalArgumentException(
        "rule snapshot: " + what + " (expected: one that this release wrote)");
  }
}
