package dev.rolecall.policy.document;

import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.condition.Cidr;
import dev.rolecall.policy.condition.HeaderMatch;
import dev.rolecall.policy.condition.HeaderName;
import dev.rolecall.policy.condition.HeaderPattern;
import dev.rolecall.policy.document.internal.FieldReader;
import dev.rolecall.policy.document.internal.KnownKeys;
import dev.rolecall.policy.document.internal.Mapping;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.ProblemCode;
import dev.rolecall.policy.document.internal.Remarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the conditions of rules: networks of the source, headers of the request. What is left out
 * narrows nothing; what is empty or wrong is a problem, so no condition is lost.
 */
final class ConditionReader {

  static final String NETWORKS = "networks";
  static final String HEADERS = "headers";

  private static final String KEY = "key";
  private static final String VALUES = "values";
  private static final KnownKeys HEADER = KnownKeys.of(KEY, VALUES);

  private final Remarks remarks;
  private final FieldReader read;

  ConditionReader(Remarks remarks) {
    this.remarks = remarks;
    this.read = new FieldReader(remarks);
  }

  /** The conditions; without those that have a problem, which has been reported. */
  CallConditions conditions(Optional<Mapping> source, Optional<Mapping> request) {
    CallConditions conditions = CallConditions.none();
    if (source.isPresent()) {
      conditions = checked(source.get(), NETWORKS, conditions, this::networks);
    }
    if (request.isPresent()) {
      conditions = checked(request.get(), HEADERS, conditions, this::headers);
    }
    return conditions;
  }

  private CallConditions checked(
      Mapping outer, String key, CallConditions soFar, Function<Mapping, CallConditions> reader) {
    try {
      return soFar.and(reader.apply(outer));
    } catch (IllegalArgumentException e) {
      // A count, or a header twice.
      Node list = read.optional(outer, key).orElseThrow();
      remarks.problem(list.at(), codeOf(key), String.valueOf(e.getMessage()));
      return soFar;
    }
  }

  private CallConditions networks(Mapping source) {
    List<Cidr> networks = new ArrayList<>();
    for (Node item : read.optionalList(source, NETWORKS)) {
      value(NETWORKS, item, Cidr::parse).ifPresent(networks::add);
    }
    return new CallConditions(networks, List.of());
  }

  private CallConditions headers(Mapping request) {
    List<HeaderMatch> headers = new ArrayList<>();
    for (Node item : read.optionalList(request, HEADERS)) {
      read.mapping("a header", HEADER, item).flatMap(this::header).ifPresent(headers::add);
    }
    return new CallConditions(List.of(), headers);
  }

  private Optional<HeaderMatch> header(Mapping header) {
    Optional<HeaderName> key =
        read.required(header, KEY).flatMap(node -> value(KEY, node, HeaderName::parse));
    List<HeaderPattern> values = new ArrayList<>();
    for (Node item : read.requiredList(header, VALUES)) {
      value(VALUES, item, HeaderPattern::parse).ifPresent(values::add);
    }
    return key.filter(found -> !values.isEmpty()).map(found -> new HeaderMatch(found, values));
  }

  private static ProblemCode codeOf(String key) {
    return key.equals(NETWORKS) ? ProblemCode.INVALID_NETWORK : ProblemCode.INVALID_HEADER;
  }

  private <T> Optional<T> value(String key, Node item, Function<String, T> parser) {
    return read.string(key, item)
        .flatMap(
            text -> {
              try {
                return Optional.of(parser.apply(text));
              } catch (IllegalArgumentException e) {
                remarks.problem(item.at(), codeOf(key), String.valueOf(e.getMessage()));
                return Optional.empty();
              }
            });
  }
}
