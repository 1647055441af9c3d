package dev.penstock.schemas.serde;

/** Bytes are not what they should be. */
public final class DecodingException extends RuntimeException {

  public DecodingException(String message) {
    super(message);
  }

  public DecodingException(String message, Throwable cause) {
    super(message, cause);
  }
}
