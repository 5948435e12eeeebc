using EquityBot;

return await EquityBotHost.RunAsync(args);

/// <summary>The web host; tests start it by this name.</summary>
public partial class Program;
