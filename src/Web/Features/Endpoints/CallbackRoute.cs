using Orkestron.Contracts.Endpoints;
using Orkestron.Domain;
using Orkestron.GrainInterfaces.Endpoints;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Endpoints;

/// <summary>The callback at which endpoints that answered 202 report the progress and the end of a step.</summary>
internal static class CallbackRoute
{
    public static void MapCallbacks(this IEndpointRouteBuilder api)
    {
        var callback = api.MapGroup("/callbacks/{token}").WithTags("Endpoints").AllowAnonymous();
        callback.MapPost("", TakeAsync)
            .WithSummary("Report progress, partial output, the result or an error of one step; the token is the authorization")
            .Accepts<EndpointEvent>("application/json").WithMetadata(new UncheckedJson())
            .Produces<CallbackReceipt>().ProducesProblems(400, 404, 410, 413, 415, 422, 429);
        callback.MapCallbackFiles();
        callback.MapCallbackMessages();
    }

    private static async Task<IResult> TakeAsync(string token, HttpRequest request, IGrainFactory grains)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        var taken = await grains.GetGrain<ICallbackGrain>(0).TakeAsync(token, new Payload(body.ToArray()));
        return ProblemResult.From(
            taken, static each => Results.Ok(new CallbackReceipt(each.Durable ? "recorded" : "told")));
    }
}
