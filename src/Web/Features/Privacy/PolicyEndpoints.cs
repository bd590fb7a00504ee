using Orkestron.Contracts.Users;
using Orkestron.Domain.Privacy;

namespace Orkestron.Web.Features.Privacy;

/// <summary>The privacy policy in force.</summary>
internal static class PolicyEndpoints
{
    public static void MapPolicy(this IEndpointRouteBuilder api) =>
        api.MapGet("/policy", static () =>
            {
                var policy = PrivacyPolicy.Current;
                return TypedResults.Ok(new Policy(
                    policy.Version, policy.Sha256, $"/privacy/versions/{policy.Version}", policy.RevisedAt));
            })
            .WithTags("Privacy").WithSummary("The privacy policy in force");
}
