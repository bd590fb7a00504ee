namespace Orkestron.Web.Shared.Http;

/// <summary>Declares in the API description which problems an endpoint returns.</summary>
internal static class OpenApiHints
{
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.Produces<Problem>(status, Problems.ContentType);
        }

        return endpoint;
    }
}
