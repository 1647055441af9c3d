package dev.penstock.worker.benchmark;

import dev.penstock.schemas.topic.KafkaSettings;

/**
 * What the benchmark is run with.
 *
 * @param kafka broker that takes the samples in a topic of their own, which is deleted at the end
 * @param samples samples trained on in each run of the CNN; the MLP has four times as many
 * @param warmUps rounds before those that count
 * @param rounds rounds that count
 * @param threads of the engine
 * @param fetchers threads that read samples
 */
public record TrainOptions(
    KafkaSettings kafka, int samples, int warmUps, int rounds, int threads, int fetchers) {}
