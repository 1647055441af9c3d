package dev.penstock.schemas.serde;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Every schema that a record was ever written with, oldest first: resources {@code
 * avro-history/<Record>/<n>.avsc}, n from 1. A release that changes a schema adds a file and never
 * edits one.
 */
final class SchemaHistory {

  private static final String FOLDER = "/avro-history/";
  private static final Map<String, List<Schema>> READ = new ConcurrentHashMap<>();

  private SchemaHistory() {}

  /** The record's schemas. */
  static List<Schema> of(String record) {
    return READ.computeIfAbsent(record, SchemaHistory::read);
  }

  private static List<Schema> read(String record) {
    List<Schema> schemas = new ArrayList<>();
    for (int version = 1; ; version++) {
      String resource = FOLDER + record + "/" + version + ".avsc";
      try (InputStream in = SchemaHistory.class.getResourceAsStream(resource)) {
        if (in == null) {
          return List.copyOf(schemas);
        }
        schemas.add(new Schema.Parser().parse(in));
      } catch (IOException e) {
        throw new UncheckedIOException("Resource " + resource + " could not be read", e);
      }
    }
  }
}
