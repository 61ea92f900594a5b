package org.votingapp.organiser.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** The API at {@code /api}. Who asks is told by a token, or by the log-in of the pages. */
@ApplicationPath("/api")
@OpenAPIDefinition(
        info = @Info(title = "Organiser", version = "1", description = "Rooms and polls, for programs"),
        security = @SecurityRequirement(name = "token"))
@SecurityScheme(
        securitySchemeName = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "A token that an organiser made on the page or by this API")
public class OrganiserApi extends Application {}
