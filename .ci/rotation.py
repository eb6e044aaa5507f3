"""Rotations by moto, which asks whc-rotation for each step as Secrets Manager would, while `under_load` asks on."""

import json
import logging
import os
import queue
import subprocess
import sys
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import boto3
import moto.awslambda.utils
from moto.server import ThreadedMotoServer

ROTATIONS = 20
SECRET = "whc/web"
strategy, target = sys.argv[1:]
logging.getLogger("werkzeug").setLevel(logging.WARNING)
events, outcomes = queue.Queue(), queue.Queue()


class RuntimeApi(BaseHTTPRequestHandler):
    """Hands events to the function and hears what becomes of them."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.reply(events.get(), {"lambda-runtime-aws-request-id": str(uuid.uuid4())})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        outcomes.put((self.path.endswith("/error"), body))
        self.reply(b"", {})

    def reply(self, body, headers):
        self.send_response(200)
        standard = {"content-length": len(body), "lambda-runtime-deadline-ms": 4102444800000,
                    "lambda-runtime-invoked-function-arn": "arn:aws:lambda:eu-central-1:123456789012:function:whc"}
        for name, value in {**standard, **headers}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Functions:
    """What moto takes for Lambda: every step goes to the function twice, as after an answer that got lost."""

    def get_function(self, _):
        pass

    def invoke(self, _, body, **__):
        for _ in range(2):
            events.put(body.encode())
            failed, said = outcomes.get(timeout=60)
            if failed:
                raise RuntimeError(said.decode())


moto.awslambda.utils.get_backend = lambda *_: Functions()
runtime_api = ThreadingHTTPServer(("127.0.0.1", 0), RuntimeApi)
Thread(target=runtime_api.serve_forever, daemon=True).start()
aws = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
aws.start()
url = "http://%s:%d" % aws.get_host_and_port()

environment = {**os.environ, "AWS_ENDPOINT_URL": url, "AWS_REGION": "eu-central-1",
               "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
load = subprocess.Popen([f"{target}/debug/examples/under_load"], env=environment, text=True,
                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
place = json.loads(load.stdout.readline())
secrets = boto3.client("secretsmanager", endpoint_url=url, region_name="eu-central-1",
                       aws_access_key_id="test", aws_secret_access_key="test")
for name, login in [("whc/master", place["master"]), (SECRET, place["web"])]:
    secrets.create_secret(Name=name, SecretString=json.dumps({"engine": "postgres", **login}))

function = subprocess.Popen([f"{target}/debug/whc-rotation"], env={
    **environment, "AWS_LAMBDA_RUNTIME_API": "%s:%d" % runtime_api.server_address, "AWS_LAMBDA_FUNCTION_NAME": "whc",
    "AWS_LAMBDA_FUNCTION_VERSION": "1", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256", "RUST_LOG": "warn",
    "MASTER_SECRET_ARN": "whc/master", "ROTATION_STRATEGY": strategy, "DB_HOST": place["host"],
    "DB_PORT": str(place["port"]), "DB_NAME": place["name"], "DB_SSLMODE": "verify-full",
    "DB_SSLROOTCERT": place["authority"], "DB_CONNECT_TIMEOUT_SECONDS": "10"})


def say(line):
    load.stdin.write(line + "\n")
    load.stdin.flush()


def taken(login):
    say("%(username)s %(password)s" % login)
    return json.loads(load.stdout.readline())["taken"]


try:
    say("begin")
    logins = [place["web"]]
    for _ in range(ROTATIONS):
        time.sleep(1)
        version = str(uuid.uuid4())
        secrets.rotate_secret(SecretId=SECRET, ClientRequestToken=version, RotationLambdaARN="arn:aws:lambda:::whc",
                              RotationRules={"AutomaticallyAfterDays": 30})
        # AWS takes this away from what becomes current; moto leaves it.
        secrets.update_secret_version_stage(SecretId=SECRET, VersionStage="AWSPENDING", RemoveFromVersionId=version)
        logins.append(json.loads(secrets.get_secret_value(SecretId=SECRET)["SecretString"]))
    time.sleep(1)
    good = [login for login in logins if taken(login)]
    load.stdin.close()
    report = json.loads(load.stdout.readline())
finally:
    function.kill()
    load.stdin.close()  # not killed: it takes its server with it
    load.wait(timeout=60)

kept = 1 if strategy == "single" else 2
print(f"{strategy}: {ROTATIONS} rotations, every step asked for twice; {report['asked']} requests, "
      f"{report['failed']} failed, the slowest took {report['slowest_ms']} ms; "
      f"{len(good)} of {len(logins)} passwords are good")
for failure in report["failures"][:5]:
    print(failure)
sys.exit(report["failed"] > 0 or good != logins[-kept:] or len({login["password"] for login in logins}) != len(logins))
