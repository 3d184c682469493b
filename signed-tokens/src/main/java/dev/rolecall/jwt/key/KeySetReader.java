package dev.rolecall.jwt.key;

import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The reader of a whole key set. It counts the keys before it reads one. */
final class KeySetReader {

  private static final JsonLimits LIMITS = new JsonLimits(KeySet.MAX_BYTES, 8, 5_000, 20);

  private KeySetReader() {}

  static KeySetReading read(byte[] json) {
    if (json.length > KeySet.MAX_BYTES) {
      return new KeySetReading.Malformed(KeySetFlaw.TOO_LARGE);
    }
    return JsonReading.of(json, LIMITS)
        .fold(KeySetReader::read, flaw -> new KeySetReading.Malformed(KeySetFlaw.NOT_JSON));
  }

  private static KeySetReading read(JsonValue.Members set) {
    if (!(set.get("keys").orElse(null) instanceof JsonValue.Items entries)) {
      return new KeySetReading.Malformed(KeySetFlaw.NO_KEYS);
    }
    if (entries.values().size() > KeySet.MAX_KEYS) {
      return new KeySetReading.Malformed(KeySetFlaw.TOO_MANY);
    }
    List<JwkReading> readings = entries.values().stream().map(JwkReader::read).toList();
    return new KeySetReading.Read(set(readings, repeated(readings)));
  }

  /** Ids that stand twice, at usable keys or others: which key is meant would be a guess. */
  private static Set<String> repeated(List<JwkReading> readings) {
    Set<String> seen = new HashSet<>();
    Set<String> repeated = new HashSet<>();
    for (JwkReading reading : readings) {
      kid(reading).filter(kid -> !seen.add(kid)).ifPresent(repeated::add);
    }
    return repeated;
  }

  private static Optional<String> kid(JwkReading reading) {
    return reading instanceof JwkReading.Usable usable
        ? usable.key().kid()
        : ((JwkReading.Unusable) reading).kid();
  }

  private static KeySet set(List<JwkReading> readings, Set<String> repeated) {
    List<VerificationKey> keys = new ArrayList<>();
    List<KeyFinding> findings = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      JwkReading reading = readings.get(i);
      Optional<String> kid = kid(reading);
      if (reading instanceof JwkReading.Unusable unusable) {
        findings.add(new KeyFinding(i, kid, unusable.flaw()));
      } else if (kid.filter(repeated::contains).isPresent()) {
        findings.add(new KeyFinding(i, kid, KeyFlaw.KID_REPEATED));
      } else {
        keys.add(((JwkReading.Usable) reading).key());
      }
    }
    return new KeySet(keys, findings);
  }
}
