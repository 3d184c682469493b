package dev.rolecall.proof;

import java.util.Arrays;

/** The nine fields of a well-formed proof, any of which a test replaces. */
final class ProofFields {

  static final int PREFIX = 0;
  static final int HOST = 1;
  static final int KEY_ID = 2;
  static final int DATE = 3;
  static final int LIFE = 4;
  static final int AUDIENCE = 5;
  static final int BINDING = 6;
  static final int SIGNATURE = 7;
  static final int SESSION_TOKEN = 8;

  /** The SHA-256 of nothing. */
  static final String HASH = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

  static final String SIGNATURE_VALUE = "0123456789abcdef".repeat(4);
  static final String SESSION_TOKEN_VALUE = "FwoGZXIvYXdzEXAMPLE/Token+value_-==";

  private final String[] fields;

  private ProofFields(String[] fields) {
    this.fields = fields;
  }

  static ProofFields wellFormed() {
    return new ProofFields(
        new String[] {
          "rolecall-v1",
          "sts.eu-west-1.amazonaws.com",
          "ASIAEXAMPLE000000001",
          "20261121T221845Z",
          "900",
          "orders",
          "channel." + HASH,
          SIGNATURE_VALUE,
          SESSION_TOKEN_VALUE
        });
  }

  ProofFields with(int field, String value) {
    String[] changed = fields.clone();
    changed[field] = value;
    return new ProofFields(changed);
  }

  String text() {
    return String.join("~", Arrays.asList(fields));
  }
}
