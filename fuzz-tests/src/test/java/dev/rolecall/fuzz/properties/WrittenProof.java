package dev.rolecall.fuzz.properties;

import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a proof, as its text has them.
 *
 * @param fields host, access key id, date, expiry, audience, binding, signature and session token
 */
record WrittenProof(List<String> fields) {

  WrittenProof {
    fields = List.copyOf(fields);
  }

  String text() {
    return "rolecall-v1~" + String.join("~", fields);
  }

  String host() {
    return fields.get(0);
  }

  String keyId() {
    return fields.get(1);
  }

  String date() {
    return fields.get(2);
  }

  int expires() {
    return Integer.parseInt(fields.get(3));
  }

  String audience() {
    return fields.get(4);
  }

  String binding() {
    return fields.get(5);
  }

  String signature() {
    return fields.get(6);
  }

  String sessionToken() {
    return fields.get(7);
  }

  WrittenProof with(int field, String value) {
    List<String> changed = new ArrayList<>(fields);
    changed.set(field, value);
    return new WrittenProof(changed);
  }
}
