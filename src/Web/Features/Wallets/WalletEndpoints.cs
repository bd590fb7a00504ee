using Microsoft.Extensions.Options;
using Orkestron.Contracts.Wallets;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces.Wallets;
using Orkestron.Web.Shared;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Wallets;

/// <summary>The signed-in user's wallet.</summary>
internal static class WalletEndpoints
{
    public static void MapWallet(this IEndpointRouteBuilder api)
    {
        var wallet = api.MapGroup("/wallet").WithTags("Wallet").RequireAuthorization(Scopes.Read);
        wallet.MapGet("", GetAsync).WithSummary("The balance").Produces<Wallet>().ProducesProblems(401);
        wallet.MapGet("/entries", EntriesAsync).WithSummary("The entries, newest first")
            .Produces<ListOf<WalletEntry>>().ProducesProblems(400, 401);
    }

    public static WalletEntry ToEntry(this EntryView entry) => new(
        entry.Id,
        entry.At,
        entry.Kind,
        new Tokens(entry.AmountMicro),
        entry.TaskId,
        [.. entry.Postings.Select(static posting => new Posting(posting.Account, new Tokens(posting.AmountMicro)))]);

    private static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains)
    {
        var view = await grains.GetGrain<IWalletGrain>(context.RequiredUserId()).GetAsync();
        return Results.Ok(new Wallet(new Tokens(view.AvailableMicro), new Tokens(view.HeldMicro), new Tokens(view.PendingMicro)));
    }

    private static async Task<IResult> EntriesAsync(
        string? after, int? limit, HttpContext context, IGrainFactory grains, IOptions<WebOptions> options)
    {
        var checks = new FieldChecks().After(ListCursor.Entries, after, out var cursor).Limit(limit, options.Value.MaxPageSize);
        if (checks.Problem() is { } wrong)
        {
            return wrong;
        }

        var page = await grains.GetGrain<IWalletGrain>(context.RequiredUserId())
            .EntriesAsync(cursor, limit ?? options.Value.PageSize);
        return Results.Ok(new ListOf<WalletEntry>([.. page.Items.Select(ToEntry)], ListCursor.Entries.Encode(page.Next)));
    }
}
