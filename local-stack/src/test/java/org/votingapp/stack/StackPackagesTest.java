package org.votingapp.stack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The borders between the packages of the local stack. */
class StackPackagesTest {

    private final JavaClasses stack = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.votingapp.stack");

    @Test
    void noPackagesDependOnEachOther() {
        slices().matching("org.votingapp.(**)").should().beFreeOfCycles().check(stack);
    }

    @Test
    void eachTechnologyShowsInItsOwnPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.votingapp.stack.redis")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("redis..")
                .check(stack);
        noClasses()
                .that()
                .resideOutsideOfPackage("org.votingapp.stack.postgres")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.postgresql..", "io.zonky..")
                .check(stack);
    }
}
