package io.github.densecolorize.spark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Stands before an S3 server: it writes down all requests, and can answer some of them as a server does that has too much to do. */
final class S3Front implements AutoCloseable {

	static {
		// The signature of a request covers the name of the host that it was sent to.
		System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,content-length,connection,expect");
	}

	private static final Set<String> NOT_PASSED_ON = Set.of("connection", "content-length", "expect", "transfer-encoding", "upgrade", "http2-settings");

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
	private final HttpServer server;
	private final int behind;
	private final List<String> requests = new ArrayList<>();
	private Predicate<String> busy = request -> false;

	/** @param behind port of the server, on the loopback address */
	S3Front(int behind) throws IOException {
		this.behind = behind;
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setExecutor(Executors.newCachedThreadPool());
		server.createContext("/", this::handle);
		server.start();
	}

	/** Where it is to be found. */
	String endpoint() {
		return "http://127.0.0.1:" + server.getAddress().getPort();
	}

	/** All requests since the last call: method, path and query. */
	synchronized List<String> taken() {
		var taken = List.copyOf(requests);
		requests.clear();
		return taken;
	}

	/** @param busy which requests are answered with status 503 */
	synchronized void setBusy(Predicate<String> busy) {
		this.busy = busy;
	}

	private synchronized boolean note(String request) {
		requests.add(request);
		return busy.test(request);
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			var uri = exchange.getRequestURI();
			var body = exchange.getRequestBody().readAllBytes();
			if (note(exchange.getRequestMethod() + " " + uri)) {
				exchange.sendResponseHeaders(503, -1);
				return;
			}
			var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + behind + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri
				.getRawQuery()))).method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
			exchange.getRequestHeaders().forEach((name, values) -> {
				if (!NOT_PASSED_ON.contains(name.toLowerCase())) values.forEach(value -> request.header(name, value));
			});
			var answer = client.send(request.build(), BodyHandlers.ofByteArray());
			boolean head = exchange.getRequestMethod().equals("HEAD");
			answer.headers().map().forEach((name, values) -> {
				if (head || !NOT_PASSED_ON.contains(name.toLowerCase())) values.forEach(value -> exchange.getResponseHeaders().add(name, value));
			});
			exchange.sendResponseHeaders(answer.statusCode(), head || answer.body().length == 0 ? -1 : answer.body().length);
			if (!head) exchange.getResponseBody().write(answer.body());
		}
		catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void close() {
		server.stop(0);
	}
}
