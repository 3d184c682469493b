package dev.rolecall.protopolicy;

import dev.rolecall.policy.condition.CallConditions;
import dev.rolecall.policy.condition.Cidr;
import dev.rolecall.policy.condition.HeaderMatch;
import dev.rolecall.protopolicy.v1.Allow;
import dev.rolecall.protopolicy.v1.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the networks and headers of an option, under the same rules as a policy file's. */
final class ConditionsReader {

  private final List<String> problems;

  ConditionsReader(List<String> problems) {
    this.problems = problems;
  }

  /** The conditions; without those that have a problem, which has been reported. */
  CallConditions conditions(String place, Allow allow) {
    try {
      return new CallConditions(
          read(place + ", networks", allow.getNetworksList(), Cidr::parse),
          read(place + ", headers", allow.getHeadersList(), ConditionsReader::header));
    } catch (IllegalArgumentException e) {
      problems.add(place + ": " + e.getMessage());
      return CallConditions.none();
    }
  }

  private static HeaderMatch header(Header header) {
    return HeaderMatch.of(header.getKey(), header.getValuesList().toArray(String[]::new));
  }

  private <T, R> List<R> read(String place, List<T> values, Function<T, R> reader) {
    List<R> read = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      try {
        read.add(reader.apply(values.get(i)));
      } catch (IllegalArgumentException e) {
        problems.add(place + "[" + i + "]: " + e.getMessage());
      }
    }
    return read;
  }
}
