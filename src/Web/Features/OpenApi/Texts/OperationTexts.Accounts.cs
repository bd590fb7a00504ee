namespace Orkestron.Web.Features.OpenApi.Texts;

internal static partial class OperationTexts
{
    private static Dictionary<string, OperationText> Accounts => new()
    {
        ["POST /account/register"] = new("registerAccount",
            "Opens an account and begins a session (a cookie). A signed-in guest keeps its tasks and tokens and gets an address and a password. "
                + "Whether the address has an account is not told: until it is proved it may have several, each with its own password."),
        ["POST /account/guest"] = new("openGuestAccount", "Opens an account with play tokens and no address, and begins a session (a cookie)."),
        ["GET /account/challenge"] = new("getAccountChallenge",
            "A small piece of work for the problem `proof_required`: find a number such that SHA-256 of `seed.number` begins with `bits` zero bits, and send `ticket.number` as `proof`, once."),
        ["POST /account/login"] = new("signIn", "Begins a session (a cookie). Programs send an API key with each request instead."),
        ["POST /account/logout"] = new("signOut", "Ends the session."),
        ["GET /account"] = new("getAccount", "Your account."),
        ["POST /account/keys"] = new("createApiKey", "Makes a key for programs. It is shown in this answer and never again."),
        ["GET /account/keys"] = new("listApiKeys", "Your keys by name and first characters; never the keys themselves."),
        ["DELETE /account/keys/{id}"] = new("revokeApiKey", "The key is refused from the next request on at the node that took this, within a second on every other, and its streams end."),
        ["GET /policy"] = new("getPolicy", "The privacy policy in force: its version is what you accept when you open an account."),
        ["GET /consents"] = new("getConsents", "Your consent record: purposes that need consent, whether there is consent, and the history."),
        ["POST /consents/{purpose}/give"] = new("giveConsent", "Records your consent to a purpose."),
        ["POST /consents/{purpose}/withdraw"] = new("withdrawConsent", "Records that you withdraw your consent to a purpose."),
        ["GET /wallet"] = new("getWallet", "What you can spend, what is held for running tasks, and what is pending."),
        ["GET /wallet/entries"] = new("listWalletEntries", "Your ledger, newest first, in pages. The postings of each entry sum to zero."),
        ["POST /artifacts"] = new("uploadFile",
            "The body is the file itself, its Content-Type the file's. In JSON the file is named by `artifact:` and the id of the answer."),
        ["GET /artifacts"] = new("listFiles", "Your files, newest first, in pages, and how much of your storage they take."),
        ["GET /artifacts/{id}"] = new("downloadFile", "The file, as an attachment; parts of it by the header Range."),
        ["GET /artifacts/{id}/info"] = new("getFile", "A file's name, type, size and SHA-256."),
        ["DELETE /artifacts/{id}"] = new("deleteFile", "Deletes a file. One that a running task may use is kept: cancel the task or wait for its end."),
    };
}
