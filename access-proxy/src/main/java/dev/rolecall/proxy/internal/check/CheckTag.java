package dev.rolecall.proxy.internal.check;

/**
 * The tags of the fields that are read of a Check: eight times the field's number, and its form, 2
 * for bytes and 0 for a number. See {@code external_auth.proto}.
 */
final class CheckTag {

  static final int CHECK_ATTRIBUTES = 1 << 3 | 2;

  static final int ATTRIBUTES_SOURCE = 1 << 3 | 2;
  static final int ATTRIBUTES_REQUEST = 4 << 3 | 2;
  static final int ATTRIBUTES_EXTENSIONS = 10 << 3 | 2;

  static final int PEER_ADDRESS = 1 << 3 | 2;
  static final int PEER_CERTIFICATE = 5 << 3 | 2;
  static final int ADDRESS_SOCKET = 1 << 3 | 2;
  static final int SOCKET_ADDRESS = 2 << 3 | 2;
  static final int SOCKET_PORT = 3 << 3;

  static final int REQUEST_HTTP = 2 << 3 | 2;
  static final int HTTP_HEADERS = 3 << 3 | 2;
  static final int HTTP_PATH = 4 << 3 | 2;
  static final int HTTP_HEADER_MAP = 13 << 3 | 2;
  static final int MAP_HEADERS = 1 << 3 | 2;

  /** Of an entry of a map, and of a header. */
  static final int KEY = 1 << 3 | 2;

  static final int VALUE = 2 << 3 | 2;
  static final int RAW_VALUE = 3 << 3 | 2;

  private CheckTag() {}
}
