package dev.penstock.flink.observation;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * Where model versions come back from.
 *
 * @param artifacts store of the models
 * @param feed tells of the versions
 * @param feedbackDelay from a version's being finished to its being seen
 */
public record ModelSource(URI artifacts, ModelVersionFeed.Factory feed, Duration feedbackDelay)
    implements Serializable {}
