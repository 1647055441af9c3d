package dev.penstock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The table of modules in the architecture's description, as rules. */
final class ArchitectureTest {

  private static final String FLINK = "org.apache.flink..";
  private static final String KAFKA = "org.apache.kafka..";
  private static final String DJL = "ai.djl..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.penstock");

  private static final ArchRule CORE_IS_PURE =
      noClasses()
          .that()
          .resideInAPackage("dev.penstock.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FLINK, KAFKA, DJL, "org.apache.avro..", "com.fasterxml..");

  @Test
  void modulesDependDownwardsOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.penstock..")
        .layer("schemas")
        .definedBy("dev.penstock.schemas..")
        .layer("kafka")
        .definedBy("dev.penstock.kafka..")
        .layer("s3")
        .definedBy("dev.penstock.s3..")
        .layer("core")
        .definedBy("dev.penstock.core..")
        .layer("models")
        .definedBy("dev.penstock.models..")
        .layer("flink")
        .definedBy("dev.penstock.flink..")
        .layer("jobs")
        .definedBy("dev.penstock.jobs..")
        .layer("worker")
        .definedBy("dev.penstock.worker..")
        .layer("datagen")
        .definedBy("dev.penstock.datagen..")
        .layer("broker")
        .definedBy("dev.penstock.broker..")
        .layer("cli")
        .definedBy("dev.penstock.cli..")
        .whereLayer("kafka")
        .mayOnlyBeAccessedByLayers("jobs", "worker", "datagen", "broker", "cli")
        .whereLayer("s3")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("core")
        .mayOnlyBeAccessedByLayers("flink", "jobs", "worker", "cli")
        .whereLayer("models")
        .mayOnlyBeAccessedByLayers("flink", "worker", "cli")
        .whereLayer("flink")
        .mayOnlyBeAccessedByLayers("jobs")
        .whereLayer("jobs")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("worker")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("datagen")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("broker")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("schemas")
        .mayNotAccessAnyLayer()
        .check(CLASSES);
  }

  @Test
  void policiesAreFreeOfFrameworks() {
    CORE_IS_PURE.check(CLASSES);
  }

  @Test
  void frameworksStayInTheirModules() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.penstock.flink..", "dev.penstock.jobs..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(FLINK)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.penstock.schemas..", "dev.penstock.flink..", "dev.penstock.models..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(KAFKA)
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.penstock.models..", "dev.penstock.worker..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(DJL)
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    for (String module : new String[] {"core", "flink", "jobs", "worker", "datagen"}) {
      slices()
          .matching("dev.penstock." + module + ".(*)..")
          .should()
          .beFreeOfCycles()
          .check(CLASSES);
    }
  }

  @Test
  void packagesOfSpecsHaveNoCyclesAtAnyDepth() {
    slices().matching("dev.penstock.schemas.spec.(**)").should().beFreeOfCycles().check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.penstock.schemas.spec.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.penstock.schemas.spec")
        .check(CLASSES);
  }

  @Test
  void aForbiddenDependencyIsFoundOut() {
    ArchRule forbidden =
        noClasses()
            .that()
            .resideInAPackage("dev.penstock.flink..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(FLINK);

    assertThat(forbidden.evaluate(CLASSES).hasViolation()).isTrue();
  }
}
