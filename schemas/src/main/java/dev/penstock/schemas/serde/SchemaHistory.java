package dev.penstock.schemas.serde;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Every schema that a record was ever written with, oldest first: resources {@code
 * avro-history/<Record>/<n>.avsc}, n from 1. A release that changes a schema adds a file and never
 * edits one.
 */
final class SchemaHistory {

  private static final String FOLDER = "/avro-history/";

  private SchemaHistory() {}

  static List<Schema> of(String record) {
    List<Schema> schemas = new ArrayList<>();
    for (int version = 1; ; version++) {
      String resource = FOLDER + record + "/" + version + ".avsc";
      try (InputStream in = SchemaHistory.class.getResourceAsStream(resource)) {
        if (in == null) {
          return schemas;
        }
        schemas.add(new Schema.Parser().parse(in));
      } catch (IOException e) {
        throw new UncheckedIOException("Resource " + resource + " could not be read", e);
      }
    }
  }
}
