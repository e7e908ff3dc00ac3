using Gala.Cli;

return GalaApplication.Run(args, GalaConsole.OfProcess());
