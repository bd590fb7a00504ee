using System.Net;
using System.Net.Http.Json;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Users;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>Accounts, sessions and API keys.</summary>
public sealed class AccountTests(WebNode node)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Register_ThenLogoutAndLogin_IsTheSameAccount()
    {
        using var client = node.Visitor();
        var email = Email();
        using var registered = await RegisterAsync(client, email);
        var account = await ApiClient.ReadAsync<Account>(registered, HttpStatusCode.Created);

        using var loggedOut = await client.PostAsync("account/logout", "");
        using var without = await client.Http.GetAsync(new Uri("account", UriKind.Relative), ApiClient.Stop);
        using var loggedIn = await client.Http.PostAsJsonAsync("account/login", new { email, password = Password }, ApiClient.Stop);

        Assert.Equal(HttpStatusCode.NoContent, loggedOut.StatusCode);
        await ApiClient.ProblemAsync(without, 401, "sign_in_required");
        Assert.Equal(account.UserId, (await ApiClient.ReadAsync<Account>(loggedIn, HttpStatusCode.OK)).UserId);
        Assert.Equal(email, (await client.GetAsync<Account>("account")).Email);
    }

    [Fact]
    public async Task Register_OfAGuest_KeepsIdTasksAndTokens()
    {
        using var client = await node.GuestAsync();
        var task = await client.RunAsync("Before the upgrade.");
        var before = await client.WalletAsync();

        using var answer = await RegisterAsync(client, Email());

        Assert.Equal(client.UserId, (await ApiClient.ReadAsync<Account>(answer, HttpStatusCode.Created)).UserId);
        Assert.False((await client.GetAsync<Account>("account")).Guest);
        Assert.True((await client.WalletAsync()).Available >= before.Available);
        Assert.Equal(task.Id, (await client.GetAsync<Contracts.Tasks.TaskDetail>($"tasks/{task.Id}")).Id);
    }

    [Fact]
    public async Task Register_TakenAddress_AnswersAsForAFreeOneAndOpensNothingOfTheOther()
    {
        using var first = node.Visitor();
        using var second = node.Visitor();
        var email = Email();
        using var registered = await RegisterAsync(first, email);
        using var task = await first.SubmitAsync(new { agent = ApiClient.Keywords, input = new { text = "Mine." } });
        Assert.Equal(HttpStatusCode.Accepted, task.StatusCode);

        using var answer = await RegisterAsync(second, email.ToUpperInvariant(), "another password");

        var (one, two) = (await ApiClient.ReadAsync<Account>(registered, HttpStatusCode.Created),
            await ApiClient.ReadAsync<Account>(answer, HttpStatusCode.Created));
        Assert.NotEqual(one.UserId, two.UserId);
        Assert.Equal((one.Email, one.Guest, one.PolicyVersion), (two.Email, two.Guest, two.PolicyVersion));
        Assert.Equal(registered.Headers.Select(static each => each.Key), answer.Headers.Select(static each => each.Key));
        Assert.Empty((await second.GetAsync<ListOf<Contracts.Tasks.TaskListItem>>("tasks")).Items);
    }

    [Fact]
    public async Task Register_ForgottenAccountWithItsPassword_SignsIn()
    {
        using var first = node.Visitor();
        using var second = node.Visitor();
        var email = Email();
        using var registered = await RegisterAsync(first, email);

        using var answer = await RegisterAsync(second, email);

        Assert.Equal(
            (await ApiClient.ReadAsync<Account>(registered, HttpStatusCode.Created)).UserId,
            (await ApiClient.ReadAsync<Account>(answer, HttpStatusCode.Created)).UserId);
    }

    [Theory]
    [InlineData("111111111111")]
    [InlineData("password2026")]
    [InlineData("orkestron-orkestron")]
    public async Task Register_APasswordThatGuessersTryFirst_IsRefusedWithAWordOfWhatIsBetter(string password)
    {
        using var client = node.Visitor();

        using var answer = await RegisterAsync(client, Email(), password);

        var problem = await ApiClient.ProblemAsync(answer, 400, "invalid");
        var error = Assert.Single(problem.Errors!);
        Assert.Equal("#/password", error.Pointer);
        Assert.Contains("A short phrase", error.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account", "no-store")]
    [InlineData("/", "no-store")]
    [InlineData("/api/v1/wallet", "no-store")]
    [InlineData("/app.css", "no-cache")]
    public async Task Answer_OfOnePersonsContent_IsKeptByNobody(string path, string expected)
    {
        using var guest = await node.GuestAsync();

        using var answer = await guest.Http.GetAsync(new Uri(path, UriKind.Relative), ApiClient.Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(expected, answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_OfTheStore_AreTheOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(node.Folder));
        var files = Directory.GetFiles(node.Folder);
        Assert.Contains(files, file => file.EndsWith("journal.db", StringComparison.Ordinal));
        foreach (var file in files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Key_ItsName_IsSealedInTheStore()
    {
        var name = $"laptop of {Guid.NewGuid():N}";
        using var guest = await node.GuestAsync();
        using var made = await guest.Http.PostAsJsonAsync("account/keys", new { name, scopes = new[] { "read" } }, ApiClient.Stop);
        await ApiClient.ReadAsync<CreatedApiKey>(made, HttpStatusCode.Created);

        Assert.Equal(name, Assert.Single((await guest.GetAsync<ListOf<ApiKey>>("account/keys")).Items).Name);
        foreach (var file in Directory.GetFiles(node.Folder, "journal.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, ApiClient.Stop);
            Assert.Equal(-1, bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(System.Text.Encoding.UTF8.GetBytes(name)));
        }
    }

    [Fact]
    public async Task Register_WrongFields_ListsThemAll()
    {
        using var client = node.Visitor();

        using var answer = await client.PostAsync("account/register", """{"email":"nobody","password":"short","over18":true}""");

        var problem = await ApiClient.ProblemAsync(answer, 400, "invalid");
        Assert.Equal(
            ["#/email", "#/password", "#/displayName", "#/acceptedPolicyVersion"], problem.Errors!.Select(error => error.Pointer));
    }

    [Fact]
    public async Task Guest_WithoutTheAgeDeclaration_IsRefused()
    {
        using var client = node.Visitor();

        using var answer = await client.PostAsync("account/guest", """{"over18":false,"acceptedPolicyVersion":1}""");

        await ApiClient.ProblemAsync(answer, 422, "age_required");
    }

    [Fact]
    public async Task Login_WrongPassword_DoesNotSayWhichWasWrong()
    {
        using var client = node.Visitor();
        var email = Email();
        using var registered = await RegisterAsync(client, email);

        using var known = await client.Http.PostAsJsonAsync("account/login", new { email, password = "no" }, ApiClient.Stop);
        using var unknown = await client.Http.PostAsJsonAsync(
            "account/login", new { email = Email(), password = "no" }, ApiClient.Stop);

        var one = await ApiClient.ProblemAsync(known, 401, "bad_credentials");
        var two = await ApiClient.ProblemAsync(unknown, 401, "bad_credentials");
        Assert.Equal(one.Detail, two.Detail);
    }

    [Fact]
    public async Task Session_OverHttp_IsHttpOnlyAndLax()
    {
        using var client = node.Visitor();

        using var answer = await client.PostAsync("account/guest", """{"over18":true,"acceptedPolicyVersion":1}""");

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("orkestron-session=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Session_UsedByAnotherSite_IsRefused(string header, string value)
    {
        using var guest = await node.GuestAsync();
        guest.Http.DefaultRequestHeaders.Add(header, value);

        using var answer = await guest.SubmitAsync(new { agent = ApiClient.Keywords, input = new { text = "Pay." } });

        await ApiClient.ProblemAsync(answer, 403, "cross_origin");
    }

    [Fact]
    public async Task Key_UntilRevoked_StandsForItsUser()
    {
        using var guest = await node.GuestAsync();
        var key = await guest.CreateKeyAsync("read", "write");
        using var program = new ApiClient(node.Address, key.Key);

        var task = await program.RunAsync("By a program.");
        using var revoked = await guest.Http.DeleteAsync(new Uri($"account/keys/{key.Id}", UriKind.Relative), ApiClient.Stop);
        using var after = await program.Http.GetAsync(new Uri("wallet", UriKind.Relative), ApiClient.Stop);

        Assert.Equal("completed", task.State);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        await ApiClient.ProblemAsync(after, 401, "api_key_refused");
        Assert.Empty((await guest.GetAsync<ListOf<ApiKey>>("account/keys")).Items);
    }

    [Fact]
    public async Task Key_WithoutTheScope_IsForbidden()
    {
        using var guest = await node.GuestAsync();
        using var reader = new ApiClient(node.Address, (await guest.CreateKeyAsync("read")).Key);

        using var write = await reader.SubmitAsync(new { agent = ApiClient.Keywords, input = new { text = "No." } });
        using var keys = await reader.Http.GetAsync(new Uri("account/keys", UriKind.Relative), ApiClient.Stop);

        await ApiClient.ProblemAsync(write, 403, "forbidden");
        await ApiClient.ProblemAsync(keys, 403, "forbidden");
        Assert.Equal(guest.UserId, (await reader.GetAsync<Account>("account")).UserId);
    }

    [Theory]
    [InlineData("ork_short")]
    [InlineData("ork_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Key_MalformedOrUnknown_IsRefusedEvenBesideASession(string key)
    {
        using var guest = await node.GuestAsync();
        guest.Http.DefaultRequestHeaders.Authorization = new("Bearer", key);

        using var answer = await guest.Http.GetAsync(new Uri("wallet", UriKind.Relative), ApiClient.Stop);

        await ApiClient.ProblemAsync(answer, 401, "api_key_refused");
    }

    [Fact]
    public async Task Key_InTheQuery_CountsOnlyWhereHeadersCannotBeSet()
    {
        using var guest = await node.GuestAsync();
        var key = await guest.CreateKeyAsync("read");
        var task = await guest.RunAsync("By query.");
        using var visitor = node.Visitor();

        using var stream = await visitor.Http.GetAsync(
            new Uri($"tasks/{task.Id}/events?access_token={key.Key}", UriKind.Relative), ApiClient.Stop);
        using var wallet = await visitor.Http.GetAsync(new Uri($"wallet?access_token={key.Key}", UriKind.Relative), ApiClient.Stop);

        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        await ApiClient.ProblemAsync(wallet, 401, "sign_in_required");
    }

    private static string Email() => $"{Guid.NewGuid():N}@example.test";

    private static Task<HttpResponseMessage> RegisterAsync(
        ApiClient client, string email, string password = Password) => client.Http.PostAsJsonAsync(
        "account/register",
        new { email, password, displayName = "Anna", over18 = true, acceptedPolicyVersion = 1 },
        ApiClient.Stop);
}
